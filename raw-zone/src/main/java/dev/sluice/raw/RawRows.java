package dev.sluice.raw;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.publishing.CommitConstant;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Kafka's records as rows of a raw table: nothing is parsed, nothing is changed. */
final class RawRows {
  private RawRows() {}

  static Dataset<Row> of(Dataset<Row> records, KafkaTopic topic, Instant landedAt) {
    return records.select(
        concat(lit(topic.lanePrefix()), col("partition").cast("string")).as("lane"),
        col("offset").as("sequence"),
        col("timestamp").as("source_time"),
        CommitConstant.of(landedAt).as("landed_at"),
        col("key"),
        col("value"),
        col("headers"));
  }
}
