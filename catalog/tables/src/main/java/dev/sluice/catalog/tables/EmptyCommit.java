package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Stamp;
import java.util.Optional;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/**
 * Closes a run that has no rows to write, so that its head moves all the same. Spark makes no
 * commit for an empty overwrite and reports success.
 */
public final class EmptyCommit {
  private EmptyCommit() {}

  /** Commits the stamp without files to main. */
  public static void close(Table table, Stamp stamp) {
    close(table, stamp, Optional.empty());
  }

  /**
   * Commits the stamp without files to a branch, or to main when there is none.
   *
   * @throws Refused when the stamp does not fit; only main is checked
   */
  public static void close(Table table, Stamp stamp, Optional<String> branch) {
    table
        .newFastAppend()
        .set(Stamp.SUMMARY_KEY, StampText.write(stamp))
        .toBranch(branch.orElse(SnapshotRef.MAIN_BRANCH))
        .commit();
  }
}
