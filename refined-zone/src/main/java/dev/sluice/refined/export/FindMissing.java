package dev.sluice.refined.export;

import static org.apache.spark.sql.functions.col;

import dev.sluice.refined.PartitionValues;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds partitions of a refined table of which BigQuery has no row. */
record FindMissing(
    BigQuerySession bigQuery, ExportTable table, AllowedColumns columns, PartitionValues values) {

  /**
   * The missing ones as canonical text, bounded by the number of partitions.
   *
   * @param rows of the refined table
   */
  SortedSet<String> among(Dataset<Row> rows) {
    List<AllowedColumn> partition = List.of(columns.partition());
    Set<String> present = new HashSet<>();
    bigQuery
        .rows(
            "find the exported partitions",
            "SELECT DISTINCT "
                + CanonicalRow.sql(partition)
                + " FROM "
                + ExportTable.sql(table.target()),
            Map.of())
        .forEach(row -> present.add(row.get(0).getStringValue()));
    SortedSet<String> missing = new TreeSet<>();
    rows
        .select(values.text(col("`" + values.column() + "`")), CanonicalRow.spark(partition))
        .distinct()
        .collectAsList()
        .stream()
        .filter(row -> !present.contains(row.getString(1)))
        .forEach(row -> missing.add(row.getString(0)));
    return missing;
  }
}
