package dev.sluice.catalog.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** What a commit does to the table's main branch. */
sealed interface MainMove {
  /** Main stays where it is. */
  record Stays() implements MainMove {}

  /** Main moves to a descendant, over these snapshots, oldest first. */
  record Forward(List<Snapshot> snapshots) implements MainMove {
    public Forward {
      snapshots = List.copyOf(snapshots);
    }
  }

  /** Main would move to a snapshot that the table already had and that is no descendant. */
  record Back(long from, long to) implements MainMove {}

  /** The way from the new main to the old one is cut: an ancestor has expired. */
  record Cut(long missing) implements MainMove {}

  /** Main would become a new snapshot that does not descend from it, or vanish. */
  record Elsewhere() implements MainMove {}

  static MainMove between(@Nullable TableMetadata base, TableMetadata next) {
    Snapshot from = base == null ? null : base.currentSnapshot();
    Snapshot to = next.currentSnapshot();
    if (to == null) {
      return from == null ? new Stays() : new Elsewhere();
    }
    if (from != null && from.snapshotId() == to.snapshotId()) {
      return new Stays();
    }
    List<Snapshot> way = new ArrayList<>();
    Snapshot at = to;
    while (true) {
      way.add(at);
      Long parent = at.parentId();
      if (from == null ? parent == null : parent != null && parent == from.snapshotId()) {
        Collections.reverse(way);
        return new Forward(way);
      }
      Snapshot before = parent == null ? null : known(parent, base, next);
      if (before == null) {
        return notReached(base, from, to, parent);
      }
      at = before;
    }
  }

  private static MainMove notReached(
      @Nullable TableMetadata base, @Nullable Snapshot from, Snapshot to, @Nullable Long missing) {
    if (from != null && base != null && base.snapshot(to.snapshotId()) != null) {
      return new Back(from.snapshotId(), to.snapshotId());
    }
    return missing == null ? new Elsewhere() : new Cut(missing);
  }

  private static @Nullable Snapshot known(
      long id, @Nullable TableMetadata base, TableMetadata next) {
    Snapshot there = next.snapshot(id);
    return there == null && base != null ? base.snapshot(id) : there;
  }
}
