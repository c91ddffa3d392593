package dev.sluice.catalog.tables;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * Looks in a table for what only one commit can have left: its snapshots, whose ids are random, or
 * main standing on or behind the snapshot that it published. Finding it proves that the commit was
 * applied; not finding it proves nothing, because snapshots expire.
 */
final class TraceOfCommit {
  private TraceOfCommit() {}

  static boolean isIn(TableMetadata now, @Nullable TableMetadata base, TableMetadata proposed) {
    for (Snapshot snapshot : proposed.snapshots()) {
      boolean added = base == null || base.snapshot(snapshot.snapshotId()) == null;
      if (added && now.snapshot(snapshot.snapshotId()) != null) {
        return true;
      }
    }
    return movesMain(base, proposed) && isOnMain(now, proposed.currentSnapshot());
  }

  private static boolean movesMain(@Nullable TableMetadata base, TableMetadata proposed) {
    Snapshot before = base == null ? null : base.currentSnapshot();
    Snapshot after = proposed.currentSnapshot();
    return after != null && (before == null || before.snapshotId() != after.snapshotId());
  }

  private static boolean isOnMain(TableMetadata now, @Nullable Snapshot published) {
    return published != null
        && now.currentSnapshot() != null
        && SnapshotUtil.isAncestorOf(
            now.currentSnapshot().snapshotId(), published.snapshotId(), now::snapshot);
  }
}
