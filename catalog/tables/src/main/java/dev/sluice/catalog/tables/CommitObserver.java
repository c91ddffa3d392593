package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Stamp;
import java.util.Optional;

/**
 * Is told of every commit that moves main or creates a table, and of a governed table that is
 * dropped, on the thread that does it; found by {@link java.util.ServiceLoader}. Meant for tests
 * that stop a process at a named point; production has none.
 */
public interface CommitObserver {
  /**
   * The guard has agreed and the pointer is about to be swapped.
   *
   * @param table as {@code namespace.table}
   * @param stamp the newest stamp that the commit brings to main
   */
  void beforeSwap(String table, Optional<Stamp> stamp);

  /** The pointer has been swapped; what follows is only the writer's own work. */
  void afterSwap(String table, Optional<Stamp> stamp);

  /** It is decided that the table goes, and it still stands. */
  default void beforeDrop(String table) {}

  /** The table is gone. */
  default void afterDrop(String table) {}
}
