package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.Lake;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many rows of an interval are in quarantine, by fate and by reason.
 *
 * @param fates counted in what was written
 */
record SetAside(SortedMap<String, Long> fates, SortedMap<String, Long> reasons) {
  private static final int REASONS_AT_MOST = 1000;

  /**
   * As just written.
   *
   * @param tip the end of the branch; its files, one or more a fate, tell how many rows they hold
   */
  static SetAside written(
      Table quarantine, Snapshot tip, Map<String, Long> failed, Duplicates duplicates) {
    SortedMap<String, Long> fates = new TreeMap<>();
    for (DataFile file : tip.addedDataFiles(quarantine.io())) {
      String fate = file.partition().get(0, String.class);
      fates.merge(fate, file.recordCount(), Long::sum);
    }
    SortedMap<String, Long> reasons = new TreeMap<>(failed);
    reasons.merge(Duplicates.SAME_EVENT, duplicates.count() - duplicates.conflicts(), Long::sum);
    reasons.merge(Duplicates.CONFLICTING_PAYLOAD, duplicates.conflicts(), Long::sum);
    reasons.values().removeIf(times -> times == 0);
    return new SetAside(fates, reasons);
  }

  /** As published some time ago. */
  static SetAside found(Dataset<Row> quarantine, LaneRange editions) {
    SortedMap<String, Long> fates = new TreeMap<>();
    SortedMap<String, Long> reasons = new TreeMap<>();
    quarantine
        .where(col("raw_edition").geq(editions.from()).and(col("raw_edition").lt(editions.until())))
        .groupBy("lane", "sequence")
        .agg(max_by(struct("fate", "reason"), col(Lake.EDITION)).as("newest"))
        .groupBy("newest.fate", "newest.reason")
        .agg(count(lit(1)))
        .takeAsList(REASONS_AT_MOST)
        .forEach(
            row -> {
              fates.merge(row.getString(0), row.getLong(2), Long::sum);
              reasons.merge(row.getString(1), row.getLong(2), Long::sum);
            });
    return new SetAside(fates, reasons);
  }

  long of(String fate) {
    return fates.getOrDefault(fate, 0L);
  }
}
