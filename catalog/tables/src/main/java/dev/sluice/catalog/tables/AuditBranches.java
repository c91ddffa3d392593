package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.util.SnapshotUtil;

/** Branches that a run writes to and checks before anything of it is seen on main. */
public final class AuditBranches {
  /** Commits of references are not repeated by Iceberg when another commit came first. */
  private static final int TRIES = 10;

  private static final String PREFIX = "audit_";

  private AuditBranches() {}

  /** The branch of a run; safe in {@code table.branch_<name>}. */
  public static String nameFor(String runId) {
    if (!runId.matches("[A-Za-z0-9_]{1,64}")) {
      throw new IllegalArgumentException(
          "A run's id has letters, digits and _ only (at most 64), because branches carry it");
    }
    return PREFIX + runId;
  }

  /** The run whose branch this is; empty for a branch that no run of ours made. */
  public static Optional<String> runOf(String branch) {
    return branch.startsWith(PREFIX)
        ? Optional.of(branch.substring(PREFIX.length()))
        : Optional.empty();
  }

  /** Starts a branch where main stands now; an older branch of the same name is dropped. */
  public static void create(Table table, String branch) {
    drop(table, branch);
    createIfMissing(table, branch);
  }

  /** Starts a branch where main stands now, or leaves the one that is there. */
  public static void createIfMissing(Table table, String branch) {
    trying(
        table,
        () -> {
          if (!table.refs().containsKey(branch)) {
            table.manageSnapshots().createBranch(branch).commit();
          }
        });
  }

  /**
   * Moves main to the end of the branch and drops the branch, in one guarded commit. When main has
   * moved since, a branch of one append is put on top of it and the guard decides; any other branch
   * has to be written again.
   *
   * @return the head after it
   * @throws Refused when a stamp on the way does not fit ({@code LANE_MOVED_ON} also when the
   *     branch no longer starts from main); main and the branch stay as they were
   */
  public static Head publish(Table table, String branch) {
    trying(
        table,
        () -> {
          SnapshotRef tip = tip(table, branch);
          if (startsFromMain(table, tip)) {
            fastForward(table, branch);
          } else {
            putOnTop(table, branch, table.snapshot(tip.snapshotId()));
          }
        });
    table.refresh();
    return Heads.of(table);
  }

  /** Drops a branch if it is there; its files stay until its snapshots expire. */
  public static void drop(Table table, String branch) {
    trying(
        table,
        () -> {
          if (table.refs().containsKey(branch)) {
            table.manageSnapshots().removeBranch(branch).commit();
          }
        });
  }

  private static void trying(Table table, Runnable change) {
    for (int tried = 1; ; tried++) {
      table.refresh();
      try {
        change.run();
        return;
      } catch (CommitFailedException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  private static SnapshotRef tip(Table table, String branch) {
    SnapshotRef tip = table.refs().get(branch);
    if (tip == null) {
      throw new IllegalArgumentException(
          table.name() + " has no branch '" + branch + "' that could be published");
    }
    return tip;
  }

  private static boolean startsFromMain(Table table, SnapshotRef tip) {
    return table.currentSnapshot() == null
        || SnapshotUtil.isAncestorOf(table, tip.snapshotId(), table.currentSnapshot().snapshotId());
  }

  private static void fastForward(Table table, String branch) {
    try {
      table
          .manageSnapshots()
          .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
          .removeBranch(branch)
          .commit();
    } catch (IllegalArgumentException e) {
      throw movedOn(table, branch, e);
    }
  }

  private static void putOnTop(Table table, String branch, Snapshot append) {
    IllegalArgumentException why =
        new IllegalArgumentException("main is no ancestor of the branch");
    if (!DataOperations.APPEND.equals(append.operation())
        || append.parentId() == null
        || !SnapshotUtil.isAncestorOf(table, append.parentId())) {
      throw movedOn(table, branch, why);
    }
    table.manageSnapshots().cherrypick(append.snapshotId()).removeBranch(branch).commit();
  }

  private static Refused movedOn(Table table, String branch, IllegalArgumentException cause) {
    return new Refused(
        Refused.Why.LANE_MOVED_ON,
        "branch "
            + branch
            + " of "
            + table.name()
            + " starts from a main that has moved since; write it again from the current head",
        cause);
  }
}
