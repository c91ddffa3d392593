package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.position.Touched;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/**
 * Makes an ancestor of main current again: the lanes go back to where they stood at it, the epoch
 * rises so that writers from before are recognised, and it is a new edition that touched
 * everything, so that readers of this table take it as news. Edition numbers are never used twice.
 */
final class Rewind {
  private Rewind() {}

  /**
   * The metadata of the table gone back.
   *
   * @throws Refused UNPROVEN when the snapshot is no ancestor of main, or the stamps that tell
   *     where its lanes stood have expired
   */
  static TableMetadata to(String table, TableMetadata base, long snapshotId) {
    checkAncestor(table, base, snapshotId);
    Head now = Heads.of(base.properties());
    Head then = new Head(now.epoch() + 1, now.edition() + 1, lanesAt(table, base, snapshotId, now));
    TouchedLog touched = Heads.log(base.properties()).with(then.edition(), Touched.ALL);
    TableMetadata moved =
        TableMetadata.buildFrom(base)
            .setBranchSnapshot(snapshotId, SnapshotRef.MAIN_BRANCH)
            .build();
    return DecideCommit.withHead(moved, then, touched);
  }

  private static void checkAncestor(String table, TableMetadata base, long snapshotId) {
    Snapshot at = base.currentSnapshot();
    while (at != null && at.snapshotId() != snapshotId) {
      at = at.parentId() == null ? null : base.snapshot(at.parentId());
    }
    if (at == null) {
      throw new Refused(
          Refused.Why.UNPROVEN,
          "snapshot "
              + snapshotId
              + " is no ancestor of main of "
              + table
              + " that is still kept; choose one from its history");
    }
  }

  private static Position lanesAt(String table, TableMetadata base, long snapshotId, Head now) {
    StampReader stamps = new StampReader(table, base::snapshot);
    Set<Lane> wanted = new TreeSet<>(now.lanes().next().keySet());
    Map<Lane, Long> found = new TreeMap<>();
    Snapshot at = base.snapshot(snapshotId);
    while (!wanted.isEmpty()) {
      if (at == null) {
        throw new Refused(
            Refused.Why.UNPROVEN,
            "where the lanes "
                + wanted
                + " of "
                + table
                + " stood at snapshot "
                + snapshotId
                + " was in a snapshot that has expired; choose a newer one");
      }
      stamps
          .of(at)
          .ifPresent(
              stamp ->
                  stamp
                      .lanes()
                      .forEach(
                          (lane, range) -> {
                            if (wanted.remove(lane)) {
                              found.put(lane, range.until());
                            }
                          }));
      if (at.parentId() == null) {
        break; // the first snapshot: lanes that were not found stood at 0
      }
      at = base.snapshot(at.parentId());
    }
    return new Position(new TreeMap<>(found));
  }
}
