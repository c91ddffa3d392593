package dev.sluice.catalog.publishing;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.tables.Heads;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of the lake as one Spark session sees them. Tables go by {@code namespace.table}, such
 * as {@code city_raw.video_detections}; any other form is refused before it reaches SQL or a path.
 */
public record Lake(SparkSession spark) {
  /** Name of the catalog in Spark and in the catalog's own rows. */
  public static final String CATALOG = "lake";

  /** Column of every zone table: the edition in which a row appeared. */
  public static final String EDITION = "_edition";

  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");
  private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_]{1,100}");

  /** The guarded catalog behind the session. */
  public Catalog catalog() {
    return Spark3Util.loadIcebergCatalog(spark, CATALOG);
  }

  /** The table as it is now; never a cached one. */
  public Table table(String name) {
    String[] parts = checked(name).split("\\.", 2);
    return catalog().loadTable(TableIdentifier.of(parts[0], parts[1]));
  }

  public boolean exists(String name) {
    String[] parts = checked(name).split("\\.", 2);
    return catalog().tableExists(TableIdentifier.of(parts[0], parts[1]));
  }

  /** The head of the table's main as it is now. */
  public Head head(String name) {
    return Heads.of(table(name));
  }

  /** The table's name in SQL. */
  public String sql(String name) {
    return CATALOG + "." + checked(name);
  }

  /** The name of a branch of the table, for reading and for {@code writeTo}. */
  public String sql(String name, String branch) {
    if (!BRANCH.matcher(branch).matches()) {
      throw new IllegalArgumentException(
          "A branch's name has letters, digits and _ only (at most 100); got '" + branch + "'");
    }
    return sql(name) + ".branch_" + branch;
  }

  public Dataset<Row> read(String name) {
    return spark.table(sql(name));
  }

  public Dataset<Row> readBranch(String name, String branch) {
    return spark.table(sql(name, branch));
  }

  /** The rows that appeared in these editions of the table; file statistics prune the others. */
  public Dataset<Row> news(String name, LaneRange editions) {
    return read(name)
        .where(col(EDITION).geq(editions.from()).and(col(EDITION).lt(editions.until())));
  }

  /** The rows that appends added after one snapshot of the table and until another, whole files. */
  public Dataset<Row> added(String name, long after, long until) {
    return spark
        .read()
        .option(SparkReadOptions.START_SNAPSHOT_ID, after)
        .option(SparkReadOptions.END_SNAPSHOT_ID, until)
        .table(sql(name));
  }

  /**
   * The same rows in this session. Every streaming query runs in a clone of it, in which a write
   * would open the catalog and its database connections once more.
   */
  public Dataset<Row> adopt(Dataset<Row> ofClone) {
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(ofClone.queryExecution().toRdd(), ofClone.schema(), false);
  }

  private static String checked(String name) {
    if (!TABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A table's name is namespace.table in lower snake case; got '" + name + "'");
    }
    return name;
  }
}
