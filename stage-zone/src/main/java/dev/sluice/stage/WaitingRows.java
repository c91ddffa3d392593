package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.publishing.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The quarantined rows of a data set that stage does not have: each place once, with its newest
 * verdict. What a replay has promoted is not among them, since it is in stage (ADR 0009).
 */
public final class WaitingRows {
  private static final int GROUPS_AT_MOST = 10_000;

  private final Lake lake;
  private final String quarantine;
  private final String stage;

  public WaitingRows(Lake lake, DataContract contract, TenantId tenant) {
    this.lake = lake;
    this.quarantine = contract.quarantineTable(tenant);
    this.stage = contract.stageTable(tenant);
  }

  /**
   * Rows that wait for one reason.
   *
   * @param reason typed code of the newest verdict
   * @param field the field it is about; empty when it is about the whole row
   * @param contractVersion the version that judged them
   * @param firstEdition the oldest raw edition among them
   */
  public record Group(
      String reason,
      String field,
      String contractVersion,
      long rows,
      long bytes,
      long firstEdition,
      long lastEdition) {}

  /**
   * One verdict on a row.
   *
   * @param edition edition of the quarantine table in which it was given
   * @param size bytes of the value as landed
   */
  public record Verdict(
      String lane,
      long sequence,
      long rawEdition,
      long edition,
      String reason,
      String field,
      String contractVersion,
      int size) {}

  /** What waits, most rows first. */
  public List<Group> groups() {
    if (!lake.exists(quarantine)) {
      return List.of();
    }
    return all(Optional.empty())
        .groupBy("reason", "field", "contract_version")
        .agg(
            count(lit(1)).as("rows"),
            sum("size").as("bytes"),
            min("raw_edition"),
            max("raw_edition"))
        .orderBy(col("rows").desc(), col("reason"), col("field"))
        .takeAsList(GROUPS_AT_MOST)
        .stream()
        .map(
            r ->
                new Group(
                    r.getString(0),
                    r.isNullAt(1) ? "" : r.getString(1),
                    r.getString(2),
                    r.getLong(3),
                    r.getLong(4),
                    r.getLong(5),
                    r.getLong(6)))
        .toList();
  }

  /** All verdicts on the first rows that wait, oldest first: never their bytes. */
  public List<Verdict> verdicts(Optional<String> reason, int rowsAtMost) {
    if (!lake.exists(quarantine)) {
      return List.of();
    }
    Dataset<Row> first =
        all(reason)
            .orderBy("raw_edition", "lane", "sequence")
            .limit(rowsAtMost)
            .select("lane", "sequence");
    List<Verdict> verdicts = new ArrayList<>();
    for (Row r :
        lake.read(quarantine)
            .join(first, new String[] {"lane", "sequence"}, "left_semi")
            .orderBy("raw_edition", "lane", "sequence", Lake.EDITION)
            .select(
                "lane",
                "sequence",
                "raw_edition",
                Lake.EDITION,
                "reason",
                "field",
                "contract_version",
                "size")
            .collectAsList()) {
      verdicts.add(
          new Verdict(
              r.getString(0),
              r.getLong(1),
              r.getLong(2),
              r.getLong(3),
              r.getString(4),
              r.isNullAt(5) ? "" : r.getString(5),
              r.getString(6),
              r.getInt(7)));
    }
    return verdicts;
  }

  /**
   * Places with their newest verdict: lane, sequence, raw_edition, size, reason, field,
   * contract_version.
   *
   * @param reason only rows whose newest verdict says this
   */
  Dataset<Row> all(Optional<String> reason) {
    Column[] verdict = {
      col("fate"),
      col("reason"),
      col("field"),
      col("contract_version"),
      col("raw_edition"),
      col("size")
    };
    Dataset<Row> newest =
        lake.read(quarantine)
            .groupBy("lane", "sequence")
            .agg(max_by(struct(verdict), col(Lake.EDITION)).as("newest"))
            .select("lane", "sequence", "newest.*")
            .where(col("fate").equalTo(QuarantineRows.QUARANTINED))
            .drop("fate");
    Dataset<Row> published =
        lake.read(stage)
            .select(col(Columns.LANE).as("stage_lane"), col(Columns.SEQUENCE).as("stage_sequence"));
    Dataset<Row> waiting =
        newest.join(
            published,
            col("lane")
                .equalTo(col("stage_lane"))
                .and(col("sequence").equalTo(col("stage_sequence"))),
            "left_anti");
    return reason.map(r -> waiting.where(col("reason").equalTo(r))).orElse(waiting);
  }

  /** The table, for messages. */
  public String table() {
    return quarantine;
  }
}
