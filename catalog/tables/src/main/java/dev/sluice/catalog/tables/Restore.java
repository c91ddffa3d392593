package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes what stands on a branch of a table that has published nothing its main, as if the table of
 * its name that was dropped had published it: same epoch, next edition, lanes as the stamps say.
 */
final class Restore {
  private Restore() {}

  /**
   * The metadata of the table restored.
   *
   * @param before the head of the dropped table
   * @throws Refused REPLACE when the table has published something; UNPROVEN when the branch is not
   *     there or holds rows without a stamp; otherwise as for any stamp
   */
  static TableMetadata of(String table, TableMetadata base, String branch, Head before) {
    if (base.currentSnapshot() != null || !Heads.of(base.properties()).equals(Head.NONE)) {
      throw new Refused(
          Refused.Why.REPLACE,
          table + " has published rows; only an empty table continues one that was dropped");
    }
    SnapshotRef tip = base.ref(branch);
    if (tip == null) {
      throw new Refused(Refused.Why.UNPROVEN, table + " has no branch " + branch + " to restore");
    }
    StampReader stamps = new StampReader(table, base::snapshot);
    ApplyStamp apply = new ApplyStamp(table, EnumSet.allOf(Rule.class));
    Head head = before;
    for (Snapshot snapshot : way(base, tip)) {
      Optional<Stamp> stamp = stamps.of(snapshot);
      if (stamp.isPresent()) {
        head = apply.on(head, stamp.get());
      } else if (RowChanges.in(snapshot)) {
        throw new Refused(
            Refused.Why.UNPROVEN, "branch " + branch + " of " + table + " has unstamped rows");
      }
    }
    TableMetadata moved =
        TableMetadata.buildFrom(base)
            .setBranchSnapshot(tip.snapshotId(), SnapshotRef.MAIN_BRANCH)
            .removeRef(branch)
            .build();
    return DecideCommit.withHead(moved, head, TouchedLog.EMPTY.with(head.edition(), Touched.ALL));
  }

  /** Oldest first. */
  private static Deque<Snapshot> way(TableMetadata base, SnapshotRef tip) {
    Deque<Snapshot> way = new ArrayDeque<>();
    @Nullable Snapshot at = base.snapshot(tip.snapshotId());
    while (at != null) {
      way.addFirst(at);
      at = at.parentId() == null ? null : base.snapshot(at.parentId());
    }
    return way;
  }
}
