package dev.sluice.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.privacy.WrappedKeyset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as the quarantine table holds them: every row that does not reach stage, once. */
final class QuarantineRows {
  /** Fates of rows. */
  static final String QUARANTINED = "quarantined";

  static final String DUPLICATE = "duplicate";
  static final String SUPPRESSED = "suppressed";

  private final Promoting promoting;
  private final WrappedKeyset keyset;

  QuarantineRows(Promoting promoting, WrappedKeyset keyset) {
    this.promoting = promoting;
    this.keyset = keyset;
  }

  Dataset<Row> of(LaneRange editions, Conformed conformed, Duplicates duplicates) {
    Dataset<Row> failed = failed(conformed.rows());
    return duplicates.count() == 0 ? failed : failed.union(repeated(editions, duplicates));
  }

  private Dataset<Row> failed(Dataset<Row> conformed) {
    return conformed
        .where(col(Columns.REASON).isNotNull())
        .select(
            col(Columns.LANE).as("lane"),
            col(Columns.SEQUENCE).as("sequence"),
            col(Columns.RAW_EDITION).as("raw_edition"),
            lit(QUARANTINED).as("fate"),
            col(Columns.REASON).as("reason"),
            col(Columns.FIELD).as("field"),
            version(),
            col(Columns.SIZE).as("size"),
            col(Columns.PAYLOAD).as("payload"),
            lit(null).cast("string").as("duplicate_of_lane"),
            lit(null).cast("bigint").as("duplicate_of_sequence"));
  }

  private Dataset<Row> repeated(LaneRange editions, Duplicates duplicates) {
    Dataset<Row> rows =
        duplicates.conflicts() == 0
            ? duplicates.rows().withColumn("payload", lit(null).cast("binary"))
            : withBytesOfConflicts(editions, duplicates);
    return rows.select(
        col("lane"),
        col("sequence"),
        col("raw_edition"),
        lit(DUPLICATE).as("fate"),
        col("reason"),
        lit(null).cast("string").as("field"),
        version(),
        col("size"),
        col("payload"),
        col("duplicate_of_lane"),
        col("duplicate_of_sequence"));
  }

  /**
   * The bytes come from raw again. Few conflicts are looked up where raw is read; for many, every
   * value is sealed first, since clear bytes must not be shuffled.
   */
  private Dataset<Row> withBytesOfConflicts(LaneRange editions, Duplicates duplicates) {
    Dataset<Row> places =
        duplicates
            .rows()
            .where(col("reason").equalTo(Duplicates.CONFLICTING_PAYLOAD))
            .select(col("lane").as("place_lane"), col("sequence").as("place_sequence"));
    Dataset<Row> raw =
        promoting
            .lake()
            .news(promoting.raw(), editions)
            .select(col("lane"), col("sequence"), col("value"));
    Dataset<Row> bytes =
        duplicates.conflicts() <= StageRows.BROADCAST_AT_MOST
            ? raw.join(broadcast(places), samePlace()).withColumn("payload", sealedValue())
            : raw.withColumn("payload", sealedValue()).drop("value").join(places, samePlace());
    return duplicates
        .rows()
        .join(bytes.select("place_lane", "place_sequence", "payload"), samePlace(), "left");
  }

  private static Column samePlace() {
    return col("lane")
        .equalTo(col("place_lane"))
        .and(col("sequence").equalTo(col("place_sequence")));
  }

  private Column sealedValue() {
    return new PrivacyColumns(keyset).sealed(col("value"), col("lane"), col("sequence"));
  }

  private Column version() {
    return lit(promoting.contract().version()).as("contract_version");
  }
}
