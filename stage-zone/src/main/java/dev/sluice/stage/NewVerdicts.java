package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import dev.sluice.catalog.publishing.Lake;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Leaves out what a place's newest verdict in quarantine says already: so a rewrite that was killed
 * between its two commits says nothing twice, and a row that repeats the same one is not told so by
 * every version of the contract.
 */
final class NewVerdicts {
  private static final List<String> SAID =
      List.of(
          "fate",
          "reason",
          "field",
          "contract_version",
          "duplicate_of_lane",
          "duplicate_of_sequence");

  private NewVerdicts() {}

  /**
   * @param verdicts rows as quarantine holds them
   * @param places where all of them lie
   */
  static Dataset<Row> of(Promoting promoting, Dataset<Row> verdicts, Places places) {
    Dataset<Row> newest =
        promoting
            .lake()
            .read(promoting.quarantine())
            .where(places.landedIn("raw_edition"))
            .where(places.include(promoting.lake().spark(), "lane", "sequence"))
            .groupBy("lane", "sequence")
            .agg(
                max_by(
                        struct(SAID.stream().map(name -> col(name)).toArray(Column[]::new)),
                        col(Lake.EDITION))
                    .as("said"))
            .select("lane", "sequence", "said.*");
    return verdicts.as("new").join(newest.as("old"), alreadySaid(), "left_anti");
  }

  private static Column alreadySaid() {
    Column same = lit(true);
    for (String part : Stream.concat(Stream.of("lane", "sequence"), SAID.stream()).toList()) {
      Column equal = col("new." + part).eqNullSafe(col("old." + part));
      same =
          same.and(
              part.equals("contract_version")
                  ? equal.or(col("new.fate").equalTo(QuarantineRows.DUPLICATE))
                  : equal);
    }
    return same;
  }
}
