package dev.sluice.pipelines.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.pipelines.query.QueryResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A few rows of each table for people. Of raw and quarantine only place, size and reason are read,
 * never a payload.
 */
final class SampleTables {
  private static final int ROWS = 5;
  private static final int REASONS = 200;

  private final Lake lake;

  SampleTables(Lake lake) {
    this.lake = lake;
  }

  /** How many rows are in quarantine, by fate, reason and field. */
  List<Report.Aside> setAside(String table) {
    if (!lake.exists(table)) {
      return List.of();
    }
    return lake
        .read(table)
        .groupBy(col("fate"), col("reason"), coalesce(col("field"), lit("")).as("field"))
        .agg(count(lit(1)).as("rows"), sum(col("size")).cast("long").as("bytes"))
        .orderBy(desc("rows"), col("reason"), col("field"))
        .limit(REASONS)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Report.Aside(
                    table,
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4)))
        .toList();
  }

  /** Rows of every table of a data set that exists. */
  List<Report.Sample> of(DataContract contract, TenantId tenant) {
    List<Report.Sample> samples = new ArrayList<>();
    String raw = contract.rawTable(tenant);
    if (lake.exists(raw)) {
      samples.add(
          sample(
              "raw",
              raw,
              lake.read(raw)
                  .select(
                      col("_edition"),
                      col("lane"),
                      col("sequence"),
                      length(col("value")).as("size"))));
    }
    String quarantine = contract.quarantineTable(tenant);
    if (lake.exists(quarantine)) {
      samples.add(
          sample(
              "quarantine",
              quarantine,
              lake.read(quarantine).select("lane", "sequence", "size", "fate", "reason", "field")));
    }
    whole("stage", contract.stageTable(tenant), samples);
    contract
        .products()
        .forEach(p -> whole("refined", Zone.REFINED.table(tenant, p.name()), samples));
    return samples;
  }

  private void whole(String zone, String table, List<Report.Sample> samples) {
    if (lake.exists(table)) {
      samples.add(sample(zone, table, lake.read(table)));
    }
  }

  private static Report.Sample sample(String zone, String table, Dataset<Row> rows) {
    List<List<@Nullable String>> texts = new ArrayList<>();
    for (Row row : rows.limit(ROWS).collectAsList()) {
      List<@Nullable String> values = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        values.add(row.isNullAt(i) ? null : String.valueOf(row.get(i)));
      }
      texts.add(values);
    }
    return new Report.Sample(
        zone, table, new QueryResult(List.of(rows.columns()), texts, texts.size() == ROWS));
  }
}
