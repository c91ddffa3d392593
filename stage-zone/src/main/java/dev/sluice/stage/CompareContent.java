package dev.sluice.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.stage.EventDays.Stretch;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Tells duplicates that say the same as the row that was kept from those that say something else.
 * What is compared are hashes of the tokenised columns; those of stage rows are computed only here,
 * for the few rows that are repeated.
 */
final class CompareContent {
  private final Promoting promoting;
  private final List<Stretch> stretches;

  CompareContent(Promoting promoting, List<Stretch> stretches) {
    this.promoting = promoting;
    this.stretches = stretches;
  }

  /** {@code found} as {@link KeepFirst#DUPLICATE}, held; released when the result is closed. */
  Duplicates of(Dataset<Row> found) {
    Column inStage = col("kept_content").isNull();
    Column differs = not(inStage).and(not(col("content").eqNullSafe(col("kept_content"))));
    Row summary =
        found
            .agg(
                count(lit(1)),
                coalesce(sum(when(inStage, 1L)), lit(0L)),
                min(when(inStage, col("duplicate_of_sequence"))),
                max(when(inStage, col("duplicate_of_sequence"))),
                coalesce(sum(when(differs, 1L)), lit(0L)))
            .first();
    if (summary.getLong(0) == 0) {
      found.unpersist();
      return Duplicates.none(promoting.lake().spark());
    }
    if (summary.getLong(1) == 0) {
      return new Duplicates(judged(found), summary.getLong(0), summary.getLong(4), found);
    }
    Dataset<Row> compared =
        judged(withContentOfStage(found, summary)).persist(StorageLevel.MEMORY_AND_DISK());
    long conflicts = compared.where(col("reason").equalTo(Duplicates.CONFLICTING_PAYLOAD)).count();
    found.unpersist();
    return new Duplicates(compared, summary.getLong(0), conflicts, compared);
  }

  private static Dataset<Row> judged(Dataset<Row> compared) {
    return compared
        .withColumn(
            "reason",
            when(col("content").eqNullSafe(col("kept_content")), Duplicates.SAME_EVENT)
                .otherwise(Duplicates.CONFLICTING_PAYLOAD))
        .drop("content", "kept_content");
  }

  private Dataset<Row> withContentOfStage(Dataset<Row> found, Row summary) {
    DataContract contract = promoting.contract();
    String time = contract.stage().eventTime().column();
    String type = contract.stage().column(time).orElseThrow().type().ddl();
    Dataset<Row> places =
        found
            .where(col("kept_content").isNull())
            .select(
                col("duplicate_of_lane").as("place_lane"),
                col("duplicate_of_sequence").as("place_sequence"))
            .distinct();
    Dataset<Row> few =
        summary.getLong(1) <= StageRows.BROADCAST_AT_MOST ? broadcast(places) : places;
    Dataset<Row> stage =
        promoting
            .lake()
            .read(promoting.stage())
            .where(EventDays.within(stretches, time, type))
            .where(col(Columns.SEQUENCE).between(summary.getLong(2), summary.getLong(3)))
            .join(
                few,
                col(Columns.LANE)
                    .equalTo(col("place_lane"))
                    .and(col(Columns.SEQUENCE).equalTo(col("place_sequence"))),
                "left_semi")
            .select(
                col(Columns.LANE).as("stage_lane"),
                col(Columns.SEQUENCE).as("stage_sequence"),
                StageRows.content(contract).as("stage_content"));
    return found
        .join(
            stage,
            col("duplicate_of_lane")
                .equalTo(col("stage_lane"))
                .and(col("duplicate_of_sequence").equalTo(col("stage_sequence"))),
            "left")
        .withColumn("kept_content", coalesce(col("kept_content"), col("stage_content")))
        .drop("stage_lane", "stage_sequence", "stage_content");
  }
}
