package dev.sluice.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.stage.EventDays.Stretch;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

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

  /** {@code found} as {@link KeepFirst#DUPLICATE}; the result does not need it any more. */
  Duplicates of(KeptRows found) {
    RepeatCounts counts = RepeatCounts.sum(found.eachTask(RepeatCounts::of));
    if (counts.all() == 0) {
      return Duplicates.none(promoting.lake().spark());
    }
    Dataset<Row> whole =
        counts.ofStage() == 0 ? found.rows() : withContentOfStage(found.rows(), counts);
    KeptRows compared = KeptRows.of(judged(whole));
    int reason = compared.rows().schema().fieldIndex("reason");
    long conflicts =
        compared.eachTask(rows -> conflicts(rows, reason)).stream()
            .mapToLong(Long::longValue)
            .sum();
    return new Duplicates(compared, counts.all(), conflicts);
  }

  /** The same of few, which the driver has. */
  Duplicates of(List<Row> found) {
    SparkSession spark = promoting.lake().spark();
    RepeatCounts counts = RepeatCounts.of(found);
    Dataset<Row> rows = spark.createDataFrame(found, KeepFirst.DUPLICATE);
    Dataset<Row> whole = counts.ofStage() == 0 ? rows : withContentOfStage(rows, counts);
    return Duplicates.few(spark, judged(whole).select(Duplicates.columns()).collectAsList());
  }

  private static Iterator<Long> conflicts(Iterator<InternalRow> rows, int reason) {
    UTF8String conflict = UTF8String.fromString(Duplicates.CONFLICTING_PAYLOAD);
    long conflicts = 0;
    while (rows.hasNext()) {
      conflicts += rows.next().getUTF8String(reason).equals(conflict) ? 1 : 0;
    }
    return List.of(conflicts).iterator();
  }

  private static Dataset<Row> judged(Dataset<Row> compared) {
    return compared
        .withColumn(
            "reason",
            when(col("content").eqNullSafe(col("kept_content")), Duplicates.SAME_EVENT)
                .otherwise(Duplicates.CONFLICTING_PAYLOAD))
        .drop("content", "kept_content");
  }

  private Dataset<Row> withContentOfStage(Dataset<Row> found, RepeatCounts counts) {
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
    Dataset<Row> few = counts.ofStage() <= StageRows.BROADCAST_AT_MOST ? broadcast(places) : places;
    Dataset<Row> stage =
        promoting
            .lake()
            .read(promoting.stage())
            .where(EventDays.within(stretches, time, type))
            .where(col(Columns.SEQUENCE).between(counts.first(), counts.last()))
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
