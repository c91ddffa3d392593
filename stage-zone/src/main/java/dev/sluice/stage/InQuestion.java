package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.sluice.catalog.publishing.Lake;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The places that a rewrite of periods judges again: those of their rows in stage, those set aside
 * as repeating one of them, and waiting ones that may come in; but none that stage holds in another
 * period.
 *
 * @param inStage those of the period's rows
 * @param all they and the others
 */
record InQuestion(Places inStage, Places all) {

  static InQuestion of(Promoting promoting, Column within, Places waiting) {
    Lake lake = promoting.lake();
    Dataset<Row> stage = lake.read(promoting.stage());
    Places inStage = placesIn(stage.where(within));
    Places more = repeating(promoting, inStage).and(waiting).without(inStage);
    Places elsewhere = among(more, stage.where(not(within)));
    return new InQuestion(inStage, inStage.and(more.without(elsewhere)));
  }

  /** Those once set aside as repeating one of these. */
  private static Places repeating(Promoting promoting, Places kept) {
    Lake lake = promoting.lake();
    return Places.of(
        lake.read(promoting.quarantine())
            .where(col("fate").equalTo(QuarantineRows.DUPLICATE))
            .where(kept.include(lake.spark(), "duplicate_of_lane", "duplicate_of_sequence"))
            .select("lane", "sequence", "raw_edition"));
  }

  /** Those of these that are among some rows of stage. */
  private static Places among(Places places, Dataset<Row> stage) {
    return placesIn(
        stage
            .where(places.landedIn(Columns.RAW_EDITION))
            .where(places.include(stage.sparkSession(), Columns.LANE, Columns.SEQUENCE)));
  }

  private static Places placesIn(Dataset<Row> stage) {
    return Places.of(stage.select(Columns.LANE, Columns.SEQUENCE, Columns.RAW_EDITION));
  }
}
