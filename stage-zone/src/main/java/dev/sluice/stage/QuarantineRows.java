package dev.sluice.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.sluice.catalog.contract.Canary;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.privacy.WrappedKeyset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows as the quarantine table holds them: every row that does not reach stage, once, but canaries,
 * which are no events.
 */
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
        .where(col(Columns.REASON).isNotNull().and(col(Columns.REASON).notEqual(Canary.REASON)))
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
    if (duplicates.conflicts() == 0) {
      return duplicate(duplicates.rows(), lit(null).cast("binary"));
    }
    Column conflicts = col("reason").equalTo(Duplicates.CONFLICTING_PAYLOAD);
    Dataset<Row> same =
        duplicate(duplicates.rows().where(not(conflicts)), lit(null).cast("binary"));
    return same.union(
        duplicate(
            withBytes(editions, duplicates.rows().where(conflicts), duplicates.conflicts()),
            col("payload")));
  }

  private Dataset<Row> duplicate(Dataset<Row> rows, Column payload) {
    return rows.select(
        col("lane"),
        col("sequence"),
        col("raw_edition"),
        lit(DUPLICATE).as("fate"),
        col("reason"),
        lit(null).cast("string").as("field"),
        version(),
        col("size"),
        payload.as("payload"),
        col("duplicate_of_lane"),
        col("duplicate_of_sequence"));
  }

  /**
   * The bytes come from raw again. Few conflicts are looked up where raw is read; for many, every
   * value is sealed first, since clear bytes must not be shuffled.
   */
  private Dataset<Row> withBytes(LaneRange editions, Dataset<Row> conflicts, long count) {
    Dataset<Row> raw =
        promoting
            .rawRows(editions)
            .select(col("lane").as("raw_lane"), col("sequence").as("raw_sequence"), col("value"));
    Column samePlace =
        col("raw_lane").equalTo(col("lane")).and(col("raw_sequence").equalTo(col("sequence")));
    return count <= StageRows.BROADCAST_AT_MOST
        ? raw.join(broadcast(conflicts), samePlace).withColumn("payload", sealedValue())
        : raw.withColumn("payload", sealedValue()).drop("value").join(conflicts, samePlace);
  }

  private Column sealedValue() {
    return new PrivacyColumns(keyset).sealed(col("value"), col("raw_lane"), col("raw_sequence"));
  }

  private Column version() {
    return lit(promoting.contract().version()).as("contract_version");
  }
}
