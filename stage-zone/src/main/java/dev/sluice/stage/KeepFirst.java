package dev.sluice.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the duplicates among suspects. Rows come sorted by key hash, those of stage first, then by
 * place; each is a duplicate when a row that was kept before it has the same key and an event time
 * at most the window away. As a row is judged by kept rows before it only, it does not matter how
 * the rows were cut into batches.
 */
final class KeepFirst implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Columns of a suspect, in order. */
  static final String[] SUSPECT = {
    Columns.KEY,
    "fresh",
    "keytext",
    Columns.AT,
    Columns.RAW_EDITION,
    Columns.LANE,
    Columns.SEQUENCE,
    Columns.SIZE,
    "content"
  };

  /** A duplicate; {@code kept_content} is null when the row that it repeats lies in stage. */
  static final StructType DUPLICATE =
      new StructType()
          .add("raw_edition", DataTypes.LongType, false)
          .add("lane", DataTypes.StringType, false)
          .add("sequence", DataTypes.LongType, false)
          .add("size", DataTypes.IntegerType, false)
          .add("content", DataTypes.LongType, true)
          .add("duplicate_of_lane", DataTypes.StringType, false)
          .add("duplicate_of_sequence", DataTypes.LongType, false)
          .add("kept_content", DataTypes.LongType, true);

  private final long windowMicros;

  KeepFirst(long windowMicros) {
    this.windowMicros = windowMicros;
  }

  /** The duplicates among all suspects, which may come in any order. */
  List<Row> among(List<Row> suspects) {
    List<Row> sorted = new ArrayList<>(suspects);
    sorted.sort(
        Comparator.<Row>comparingLong(row -> row.getLong(0))
            .thenComparing(row -> row.getBoolean(1))
            .thenComparing(KeepFirst::byPlace));
    List<Row> found = new ArrayList<>();
    call(sorted.iterator()).forEachRemaining(found::add);
    return found;
  }

  private static int byPlace(Row a, Row b) {
    int edition = Long.compare(a.getLong(4), b.getLong(4));
    int lane = edition != 0 ? edition : a.getString(5).compareTo(b.getString(5));
    return lane != 0 ? lane : Long.compare(a.getLong(6), b.getLong(6));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> suspects) {
    return new Duplicates(suspects);
  }

  private final class Duplicates implements Iterator<Row> {
    private final Iterator<Row> suspects;
    private final Map<String, TreeMap<Long, Row>> keptByKey = new HashMap<>();
    private final ArrayDeque<Row> found = new ArrayDeque<>(1);
    private @Nullable Long hash;

    Duplicates(Iterator<Row> suspects) {
      this.suspects = suspects;
    }

    @Override
    public boolean hasNext() {
      while (found.isEmpty() && suspects.hasNext()) {
        judge(suspects.next());
      }
      return !found.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return found.remove();
    }

    private void judge(Row suspect) {
      Long key = suspect.getLong(0);
      if (!key.equals(hash)) {
        keptByKey.clear();
        hash = key;
      }
      long at = suspect.getLong(3);
      TreeMap<Long, Row> kept =
          keptByKey.computeIfAbsent(suspect.getString(2), text -> new TreeMap<>());
      Row before = suspect.getBoolean(1) ? firstWithin(kept, at) : null;
      if (before == null) {
        kept.putIfAbsent(at, suspect);
      } else {
        found.add(duplicate(suspect, before));
      }
    }

    /** The one that was kept first: at most a few lie within one window. */
    private @Nullable Row firstWithin(TreeMap<Long, Row> kept, long at) {
      Row first = null;
      for (Row each :
          kept.subMap(less(at, windowMicros), true, more(at, windowMicros), true).values()) {
        first = first == null || byPlace(each, first) < 0 ? each : first;
      }
      return first;
    }

    private Row duplicate(Row suspect, Row kept) {
      return RowFactory.create(
          suspect.get(4),
          suspect.get(5),
          suspect.get(6),
          suspect.get(7),
          suspect.get(8),
          kept.get(5),
          kept.get(6),
          kept.get(8));
    }
  }

  private static long less(long at, long by) {
    return at < Long.MIN_VALUE + by ? Long.MIN_VALUE : at - by;
  }

  private static long more(long at, long by) {
    return at > Long.MAX_VALUE - by ? Long.MAX_VALUE : at + by;
  }
}
