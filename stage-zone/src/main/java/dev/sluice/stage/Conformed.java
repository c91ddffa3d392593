package dev.sluice.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The conformed rows of an interval, kept for as long as they are needed (tokens and sealed bytes
 * only), with what was found out in the pass that made them.
 *
 * @param kept the rows
 * @param taken how many there are
 * @param good how many of them stage may hold, duplicates included
 * @param days days of event time since 1970 in which good rows lie
 * @param unknown how often fields came that the contract does not know, by name
 */
record Conformed(
    KeptRows kept, long taken, long good, List<Long> days, SortedMap<String, Long> unknown)
    implements AutoCloseable {

  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final int NAMES_AT_MOST = 50;

  /** Days beyond this are a sign of made-up times; the stretch between first and last is used. */
  private static final int DAYS_AT_MOST = 20_000;

  static Conformed keep(Dataset<Row> conformed) {
    KeptRows kept = KeptRows.of(conformed);
    Dataset<Row> rows = kept.rows();
    List<Row> byDay =
        rows.groupBy(
                col(Columns.REASON).isNull().as("good"),
                floor(col(Columns.AT).divide(lit(MICROS_OF_DAY))).cast("bigint").as("day"))
            .agg(
                count(lit(1)).as("rows"),
                coalesce(sum(size(col(Columns.UNKNOWN))), lit(0L)).as("unknown"))
            .takeAsList(DAYS_AT_MOST);
    long taken = 0;
    long good = 0;
    long unknown = 0;
    List<Long> days = new ArrayList<>();
    for (Row day : byDay) {
      taken += day.getLong(2);
      unknown += day.getLong(3);
      if (day.getBoolean(0)) {
        good += day.getLong(2);
        days.add(day.getLong(1));
      }
    }
    return new Conformed(
        kept, taken, good, days, unknown > 0 ? unknownNames(rows) : new TreeMap<>());
  }

  Dataset<Row> rows() {
    return kept.rows();
  }

  /** The good rows. */
  Dataset<Row> goodRows() {
    return rows().where(col(Columns.REASON).isNull());
  }

  private static SortedMap<String, Long> unknownNames(Dataset<Row> rows) {
    SortedMap<String, Long> names = new TreeMap<>();
    rows.where(col(Columns.UNKNOWN).isNotNull())
        .select(explode(col(Columns.UNKNOWN)).as("name"))
        .groupBy("name")
        .count()
        .orderBy(desc("count"), col("name"))
        .takeAsList(NAMES_AT_MOST)
        .forEach(row -> names.put(row.getString(0), row.getLong(1)));
    return names;
  }

  @Override
  public void close() {
    kept.close();
  }
}
