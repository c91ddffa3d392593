package dev.sluice.stage;

import dev.sluice.catalog.publishing.BudgetedMatches;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What rows say together, by one pass over them.
 *
 * @param counts how many rows each condition is true for
 * @param hashes of each row's key, by task
 */
record AddedRows(long[] counts, List<long[]> hashes) implements Serializable {

  /**
   * Reads the rows.
   *
   * @param key hash of a row's key; null for none
   */
  static AddedRows of(Dataset<Row> rows, List<Column> conditions, Column key) {
    List<Column> columns = new ArrayList<>(conditions);
    columns.add(key);
    List<AddedRows> parts =
        BudgetedMatches.in(rows.select(columns.toArray(Column[]::new)))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(each(conditions.size()))
            .collect();
    long[] counts = new long[conditions.size()];
    List<long[]> hashes = new ArrayList<>();
    for (AddedRows part : parts) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += part.counts[i];
      }
      hashes.addAll(part.hashes);
    }
    return new AddedRows(counts, hashes);
  }

  private static FlatMapFunction<Iterator<InternalRow>, AddedRows> each(int conditions) {
    return rows -> {
      long[] counts = new long[conditions];
      LongStream.Builder hashes = LongStream.builder();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        for (int i = 0; i < conditions; i++) {
          counts[i] += !row.isNullAt(i) && row.getBoolean(i) ? 1 : 0;
        }
        if (!row.isNullAt(conditions)) {
          hashes.add(row.getLong(conditions));
        }
      }
      return List.of(new AddedRows(counts, List.of(hashes.build().toArray()))).iterator();
    };
  }

  /** Whether no hash came twice or is one of those. */
  boolean haveHashesOfTheirOwn(KeyHashes others) {
    KeyHashes own = new KeyHashes();
    return hashes.stream()
        .flatMapToLong(LongStream::of)
        .allMatch(hash -> !others.contains(hash) && own.add(hash));
  }
}
