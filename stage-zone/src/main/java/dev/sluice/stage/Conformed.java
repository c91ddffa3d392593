package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The conformed rows of an interval, kept for as long as they are needed (tokens and sealed bytes
 * only), with what was found out in the pass that made them. The hashes of the keys are held here,
 * in the driver: some 24 bytes a row.
 *
 * @param kept the rows
 * @param taken how many there are
 * @param good how many of them stage may hold, duplicates included
 * @param days days of event time since 1970 in which good rows lie
 * @param failed how often each reason set a row aside
 * @param unknown how often fields came that the contract does not know, by name
 * @param keys hashes of the business keys of good rows
 * @param repeated those of them that came more than once
 * @param again how many rows have a hash that came before
 */
record Conformed(
    KeptRows kept,
    long taken,
    long good,
    Set<Long> days,
    Map<String, Long> failed,
    SortedMap<String, Long> unknown,
    KeyHashes keys,
    KeyHashes repeated,
    long again)
    implements AutoCloseable {

  private static final int NAMES_AT_MOST = 50;

  /** Computes the rows and keeps them. */
  static Conformed keep(Dataset<Row> conformed) {
    KeptRows kept = KeptRows.of(conformed);
    long taken = 0;
    long good = 0;
    Set<Long> days = new TreeSet<>();
    Map<String, Long> failed = new HashMap<>();
    Map<String, Long> unknown = new HashMap<>();
    KeyHashes keys = new KeyHashes();
    KeyHashes repeated = new KeyHashes();
    long again = 0;
    for (RowCounts part : kept.eachTask(RowCounts.inRowsOf(conformed.schema()))) {
      taken += part.taken;
      good += part.good;
      days.addAll(part.days);
      part.reasons.forEach((reason, times) -> failed.merge(reason, times, Long::sum));
      part.unknown.forEach((name, times) -> unknown.merge(name, times, Long::sum));
      for (long hash : part.keyHashes()) {
        if (!keys.add(hash)) {
          repeated.add(hash);
          again++;
        }
      }
    }
    return new Conformed(
        kept, taken, good, days, failed, mostFrequent(unknown), keys, repeated, again);
  }

  Dataset<Row> rows() {
    return kept.rows();
  }

  /** The good rows. */
  Dataset<Row> goodRows() {
    return rows().where(col(Columns.REASON).isNull());
  }

  /** Where the rows landed. */
  Places places() {
    return Places.of(rows().select(Columns.LANE, Columns.SEQUENCE, Columns.RAW_EDITION));
  }

  private static SortedMap<String, Long> mostFrequent(Map<String, Long> unknown) {
    SortedMap<String, Long> names = new TreeMap<>();
    unknown.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(NAMES_AT_MOST)
        .forEach(name -> names.put(name.getKey(), name.getValue()));
    return names;
  }

  @Override
  public void close() {
    kept.close();
  }
}
