package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Stamp;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** Finds a table's rows as an edition left them, while its snapshots are kept. */
public final class SnapshotsByEdition {
  private SnapshotsByEdition() {}

  /**
   * The newest snapshot of main with the rows of that edition; compaction after it changes none.
   * Empty when it has expired, or when the edition is none that led to main. Of a picked snapshot
   * whose source has expired nobody knows the edition, so it is never the one.
   */
  public static Optional<Snapshot> of(Table table, long edition) {
    if (table.currentSnapshot() == null) {
      return Optional.empty();
    }
    StampReader stamps = new StampReader(table.name(), table::snapshot);
    Optional<Snapshot> unchanged = Optional.empty();
    for (Snapshot each :
        SnapshotUtil.ancestorsOf(table.currentSnapshot().snapshotId(), table::snapshot)) {
      if (stamps.isLost(each)) {
        unchanged = Optional.empty();
        continue;
      }
      Optional<Stamp> stamp = stamps.of(each);
      if (stamp.isEmpty()) {
        unchanged = unchanged.or(() -> Optional.of(each));
        continue;
      }
      long its = stamp.get().edition();
      if (its <= edition) {
        return its == edition ? Optional.of(unchanged.orElse(each)) : Optional.empty();
      }
      unchanged = Optional.empty();
    }
    return Optional.empty();
  }
}
