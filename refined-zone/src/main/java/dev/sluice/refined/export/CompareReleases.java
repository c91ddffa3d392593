package dev.sluice.refined.export;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import com.google.cloud.bigquery.FieldValueList;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.refined.PartitionValues;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Compares the cells that are to leave with those that BigQuery has of the same partitions. Whoever
 * keeps the old cell subtracts it from the new one; if fewer than k contributors came or went
 * between them, the difference tells of these few. A cell that was held back before is not
 * compared: nobody outside knows what it was.
 */
record CompareReleases(
    BigQuerySession bigQuery,
    ExportTable table,
    AllowedColumns columns,
    PartitionValues values,
    ExportPolicy policy) {
  private static final StructType EXPORTED =
      StructType.fromDDL("old_key string, old_behind bigint, old_row string");

  /**
   * The partitions, as canonical texts, of which a cell differs by too few.
   *
   * @param leaving the rows that may leave by the gate
   */
  Set<String> tooClose(Dataset<Row> leaving, ExportPlan plan) {
    String contributors = ((Counted.Contributors) policy.counted()).column();
    Dataset<Row> exported =
        leaving.sparkSession().createDataFrame(exported(contributors, plan), EXPORTED);
    Dataset<Row> now =
        leaving.select(
            values.text(column(values.column())).as("partition"),
            CanonicalRow.spark(key()).as("key"),
            column(contributors).cast("bigint").as("behind"),
            CanonicalRow.spark(columns.columns()).as("row"));
    Column few = abs(col("behind").minus(col("old_behind"))).lt(policy.k());
    return new TreeSet<>(
        now.join(exported, col("key").equalTo(col("old_key")))
            .where(col("row").notEqual(col("old_row")).and(few))
            .select("partition")
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
  }

  /** Bounded by the cells of the partitions that are to leave. */
  private List<Row> exported(String contributors, ExportPlan plan) {
    PartitionFilter replaced = ReplacedPartitions.by(plan, values, columns.partition()).all();
    return bigQuery
        .rows(
            "read what was exported",
            "SELECT "
                + CanonicalRow.sql(key())
                + " AS cell, "
                + ExportTable.sql(contributors)
                + " AS behind, "
                + CanonicalRow.sql(columns.columns())
                + " AS whole FROM "
                + ExportTable.sql(table.target())
                + " WHERE "
                + replaced.sql(),
            replaced.parameters())
        .stream()
        .map(CompareReleases::cell)
        .toList();
  }

  private static Row cell(FieldValueList row) {
    return RowFactory.create(
        row.get(0).getStringValue(), row.get(1).getLongValue(), row.get(2).getStringValue());
  }

  /** The partition and the quasi-identifiers, by which a cell is found. */
  private List<AllowedColumn> key() {
    Set<String> names = new LinkedHashSet<>(List.of(values.column()));
    names.addAll(policy.quasiIdentifiers());
    return columns.columns().stream().filter(c -> names.contains(c.name())).toList();
  }

  private static Column column(String name) {
    return col("`" + name + "`");
  }
}
