package dev.sluice.catalog.publishing.upkeep;

import dev.sluice.catalog.tables.AuditBranches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/**
 * Audit branches of runs that are over. No run needs another's branch: what a killed run left is
 * written anew. A branch that is dropped under a run that still lives makes that run start over.
 */
final class StaleBranches {
  /** A run that has just begun may not hold its lease yet. */
  private static final Duration LEFT_ALONE = Duration.ofMinutes(10);

  private StaleBranches() {}

  /** Their names. */
  static List<String> of(Table table, Predicate<String> isRunning, Instant now) {
    return table.refs().entrySet().stream()
        .filter(ref -> isStale(table, ref, isRunning, now))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static boolean isStale(
      Table table, Map.Entry<String, SnapshotRef> ref, Predicate<String> isRunning, Instant now) {
    Optional<String> run = AuditBranches.runOf(ref.getKey());
    Snapshot tip = table.snapshot(ref.getValue().snapshotId());
    boolean old =
        tip == null || Instant.ofEpochMilli(tip.timestampMillis()).plus(LEFT_ALONE).isBefore(now);
    return run.isPresent() && old && !isRunning.test(run.get());
  }
}
