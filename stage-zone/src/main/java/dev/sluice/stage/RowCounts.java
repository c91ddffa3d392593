package dev.sluice.stage;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.StructType;

/**
 * What there is to know of the conformed rows of one task, found out in the pass that makes them.
 */
final class RowCounts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MICROS_OF_DAY = 86_400_000_000L;

  /** Beyond so many names of one task, further ones are counted together. */
  private static final int NAMES_AT_MOST = 1000;

  private static final String FURTHER = "(further)";

  final Set<Long> days = new HashSet<>();
  final Map<String, Long> unknown = new HashMap<>();
  final Map<String, Long> reasons = new HashMap<>();
  long taken;
  long good;
  private long[] hashes = new long[1024];
  private int hashed;

  /** Counts the rows of each task. */
  static FlatMapFunction<Iterator<InternalRow>, RowCounts> inRowsOf(StructType columns) {
    int reason = columns.fieldIndex(Columns.REASON);
    int at = columns.fieldIndex(Columns.AT);
    int key = columns.fieldIndex(Columns.KEY);
    int names = columns.fieldIndex(Columns.UNKNOWN);
    return rows -> {
      RowCounts counts = new RowCounts();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        counts.taken++;
        if (row.isNullAt(reason)) {
          counts.good++;
          counts.days.add(Math.floorDiv(row.getLong(at), MICROS_OF_DAY));
          if (!row.isNullAt(key)) {
            counts.hash(row.getLong(key));
          }
        } else {
          counts.reasons.merge(row.getUTF8String(reason).toString(), 1L, Long::sum);
        }
        if (!row.isNullAt(names)) {
          counts.names(row.getArray(names));
        }
      }
      return List.of(counts).iterator();
    };
  }

  /** Hashes of the keys of good rows, as often as they came. */
  long[] keyHashes() {
    return Arrays.copyOf(hashes, hashed);
  }

  private void hash(long hash) {
    if (hashed == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.multiplyExact(hashed, 2));
    }
    hashes[hashed++] = hash;
  }

  private void names(ArrayData names) {
    for (int i = 0; i < names.numElements(); i++) {
      String name = names.getUTF8String(i).toString();
      boolean told = unknown.containsKey(name) || unknown.size() < NAMES_AT_MOST;
      unknown.merge(told ? name : FURTHER, 1L, Long::sum);
    }
  }
}
