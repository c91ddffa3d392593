package dev.sluice.pipelines.query;

import java.util.Optional;
import java.util.Set;

/** Who wants to know which tables statements read, and knows what became of those that are gone. */
public interface WatchReads {

  /** What to tell of a table that was dropped on purpose; empty for any other. */
  Optional<String> whyGone(String table);

  /** A statement that read these tables was answered. */
  void read(Set<String> tables);
}
