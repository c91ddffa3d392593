package dev.sluice.catalog.publishing;

import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.tables.AuditBranches;
import dev.sluice.catalog.tables.EmptyCommit;
import dev.sluice.catalog.tables.StampText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * Writes rows and their stamp in one commit, to main or to an audit branch that is made when it is
 * not there. The written rows get the stamp's edition. After every write the stamp is looked up
 * again, because an overwrite by nothing makes no commit and reports success: then the run is
 * closed by an empty commit. A refusal of the guard reaches the caller as it is.
 *
 * <p>A branch is always addressed by its name in the table's identifier; the writer's {@code
 * branch} option is ignored by Spark's batch writer and would publish unaudited rows.
 */
public final class StampedWrite {
  private static final String SNAPSHOT = "snapshot-property.";
  private static final String PROPERTY = SNAPSHOT + Stamp.SUMMARY_KEY;

  private static final Map<String, String> UNSHUFFLED =
      Map.of(SparkWriteOptions.DISTRIBUTION_MODE, "none", SparkWriteOptions.FANOUT_ENABLED, "true");

  private StampedWrite() {}

  /** Appends; returns how many rows were added. */
  public static long append(Dataset<Row> rows, String table, Stamp stamp, Optional<String> branch) {
    return append(rows, table, stamp, branch, Map.of());
  }

  /**
   * The same.
   *
   * @param notes more that the commit's summary says
   */
  public static long append(
      Dataset<Row> rows,
      String table,
      Stamp stamp,
      Optional<String> branch,
      Map<String, String> notes) {
    return write(rows, table, Optional.empty(), stamp, branch, summary(notes));
  }

  /**
   * Appends the rows from where they are: every task writes a file for each partition of the table
   * that its rows belong to, sorted if the table is. For few tasks, or rows of few partitions.
   */
  public static long appendUnshuffled(
      Dataset<Row> rows, String table, Stamp stamp, Optional<String> branch) {
    return appendUnshuffled(rows, table, stamp, branch, Map.of());
  }

  /**
   * The same.
   *
   * @param notes more that the commit's summary says
   */
  public static long appendUnshuffled(
      Dataset<Row> rows,
      String table,
      Stamp stamp,
      Optional<String> branch,
      Map<String, String> notes) {
    return write(rows, table, Optional.empty(), stamp, branch, unshuffled(notes));
  }

  /** Replaces the rows for which the condition is true; returns how many rows were added. */
  public static long overwrite(
      Dataset<Row> rows, String table, Column condition, Stamp stamp, Optional<String> branch) {
    return write(rows, table, Optional.of(condition), stamp, branch, Map.of());
  }

  /**
   * The same, with more to be read in the snapshot's summary.
   *
   * @param notes names and values; names begin with {@code sluice.}
   */
  public static long overwrite(
      Dataset<Row> rows,
      String table,
      Column condition,
      Stamp stamp,
      Optional<String> branch,
      Map<String, String> notes) {
    return write(rows, table, Optional.of(condition), stamp, branch, summary(notes));
  }

  /**
   * Replaces as {@link #overwrite} and writes as {@link #appendUnshuffled}.
   *
   * @param notes more that the commit's summary says
   */
  public static long overwriteUnshuffled(
      Dataset<Row> rows,
      String table,
      Column condition,
      Stamp stamp,
      Optional<String> branch,
      Map<String, String> notes) {
    return write(rows, table, Optional.of(condition), stamp, branch, unshuffled(notes));
  }

  private static long write(
      Dataset<Row> rows,
      String table,
      Optional<Column> condition,
      Stamp stamp,
      Optional<String> branch,
      Map<String, String> options) {
    if (!stamp.branch().equals(branch)) {
      throw new IllegalArgumentException(
          "The stamp names branch " + stamp.branch() + ", the write goes to " + branch);
    }
    Lake lake = new Lake(rows.sparkSession());
    branch.ifPresent(name -> AuditBranches.createIfMissing(lake.table(table), name));
    String target = branch.map(name -> lake.sql(table, name)).orElseGet(() -> lake.sql(table));
    String text = StampText.write(stamp);
    var writer =
        rows.withColumn(Lake.EDITION, CommitConstant.of(stamp.edition()))
            .writeTo(target)
            .options(options)
            .option(PROPERTY, text);
    try {
      if (condition.isPresent()) {
        writer.overwrite(condition.get());
      } else {
        writer.append();
      }
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(
          "Expected table " + target + " to exist before it is written to", e);
    }
    return addedRows(lake.table(table), stamp, text, branch);
  }

  private static Map<String, String> unshuffled(Map<String, String> notes) {
    Map<String, String> options = new HashMap<>(UNSHUFFLED);
    options.putAll(summary(notes));
    return options;
  }

  private static Map<String, String> summary(Map<String, String> notes) {
    Map<String, String> options = new HashMap<>();
    notes.forEach((name, text) -> options.put(SNAPSHOT + name, text));
    return options;
  }

  private static long addedRows(Table written, Stamp stamp, String text, Optional<String> branch) {
    Optional<Snapshot> commit = find(written, text, branch);
    if (commit.isEmpty()) {
      EmptyCommit.close(written, stamp, branch);
      return 0;
    }
    return Long.parseLong(
        commit.get().summary().getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0"));
  }

  private static Optional<Snapshot> find(Table table, String text, Optional<String> branch) {
    Snapshot tip = table.snapshot(branch.orElse(SnapshotRef.MAIN_BRANCH));
    if (tip == null) {
      return Optional.empty();
    }
    for (Snapshot each : SnapshotUtil.ancestorsOf(tip.snapshotId(), table::snapshot)) {
      if (text.equals(each.summary().get(Stamp.SUMMARY_KEY))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
