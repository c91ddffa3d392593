package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Stamp;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stamp of a snapshot. A picked snapshot has lost its own summary keys, so its stamp is
 * that of its source. Both walks over snapshots, forward and back, read stamps only here.
 */
final class StampReader {
  private final String table;
  private final LongFunction<@Nullable Snapshot> snapshots;

  StampReader(String table, LongFunction<@Nullable Snapshot> snapshots) {
    this.table = table;
    this.snapshots = snapshots;
  }

  /**
   * The snapshot's stamp; empty when it has none.
   *
   * @throws Refused UNPROVEN when there is one that cannot be read, or its source is gone
   */
  Optional<Stamp> of(Snapshot snapshot) {
    String text = snapshot.summary().get(Stamp.SUMMARY_KEY);
    if (text == null) {
      text = source(snapshot).map(s -> s.summary().get(Stamp.SUMMARY_KEY)).orElse(null);
    }
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(StampText.read(text));
    } catch (UnreadableText e) {
      throw new Refused(
          Refused.Why.UNPROVEN,
          "the stamp of snapshot "
              + snapshot.snapshotId()
              + " of "
              + table
              + " cannot be read ("
              + e.getMessage()
              + "); write stamps with StampText of this version",
          e);
    }
  }

  /** Whether the snapshot was picked from another one. */
  static boolean isPicked(Snapshot snapshot) {
    return snapshot.summary().containsKey(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP);
  }

  /** Whether the stamp went with the snapshot that this one was picked from. */
  boolean isLost(Snapshot snapshot) {
    String source = snapshot.summary().get(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP);
    return source != null
        && !snapshot.summary().containsKey(Stamp.SUMMARY_KEY)
        && snapshots.apply(parse(source)) == null;
  }

  private Optional<Snapshot> source(Snapshot snapshot) {
    String id = snapshot.summary().get(SnapshotSummary.SOURCE_SNAPSHOT_ID_PROP);
    if (id == null) {
      return Optional.empty();
    }
    Snapshot source = snapshots.apply(parse(id));
    if (source == null) {
      throw new Refused(
          Refused.Why.UNPROVEN,
          "snapshot "
              + snapshot.snapshotId()
              + " of "
              + table
              + " was picked from snapshot "
              + id
              + ", which is gone, so its stamp cannot be read; write the rows again");
    }
    return Optional.of(source);
  }

  private static long parse(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      return -1; // no snapshot has a negative id
    }
  }
}
