package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.sluice.catalog.contract.EventPeriod;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * A set of places of raw rows that travels to tasks, some 8 bytes a place: so raw rows are chosen
 * where they are read, and clear bytes are never shuffled.
 */
final class Places implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NAMED_AT_MOST = 100;
  private static final String EVER = EventPeriod.Length.EVER.at(Instant.EPOCH).text();

  /** Sequences by lane, sorted and each once. */
  private final TreeMap<String, long[]> sequences;

  /** Raw editions in which they landed, perhaps more. */
  private final TreeSet<Long> editions;

  private Places(TreeMap<String, long[]> sequences, TreeSet<Long> editions) {
    this.sequences = sequences;
    this.editions = editions;
  }

  static Places none() {
    return new Places(new TreeMap<>(), new TreeSet<>());
  }

  /**
   * @param rows lane, sequence and raw edition, in this order
   */
  static Places of(Dataset<Row> rows) {
    return byPeriod(rows.select(col("*"), lit(0L)), EventPeriod.Length.EVER).values().stream()
        .reduce(none(), Places::and);
  }

  /** Those of duplicates, which the driver has. */
  static Places ofDuplicates(List<Row> rows) {
    Map<String, LongStream.Builder> sequences = new HashMap<>();
    TreeSet<Long> editions = new TreeSet<>();
    for (Row row : rows) {
      editions.add(row.getLong(0));
      sequences.computeIfAbsent(row.getString(1), any -> LongStream.builder()).add(row.getLong(2));
    }
    return new Places(sorted(sequences), editions);
  }

  /**
   * @param rows lane, sequence, raw edition and event time in microseconds, in this order
   */
  static SortedMap<EventPeriod, Places> byPeriod(Dataset<Row> rows, EventPeriod.Length length) {
    FlatMapFunction<Iterator<InternalRow>, HashMap<String, Places>> gather =
        task -> List.of(gathered(task, length)).iterator();
    SortedMap<EventPeriod, Places> all = new TreeMap<>();
    rows.queryExecution().toRdd().toJavaRDD().mapPartitions(gather).collect().stream()
        .flatMap(part -> part.entrySet().stream())
        .forEach(part -> all.merge(EventPeriod.parse(part.getKey()), part.getValue(), Places::and));
    return all;
  }

  private static HashMap<String, Places> gathered(
      Iterator<InternalRow> rows, EventPeriod.Length length) {
    Map<String, Map<String, LongStream.Builder>> sequences = new HashMap<>();
    Map<String, TreeSet<Long>> editions = new HashMap<>();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      String period =
          length == EventPeriod.Length.EVER
              ? EVER
              : length.at(Instant.EPOCH.plus(row.getLong(3), ChronoUnit.MICROS)).text();
      sequences
          .computeIfAbsent(period, any -> new HashMap<>())
          .computeIfAbsent(row.getUTF8String(0).toString(), any -> LongStream.builder())
          .add(row.getLong(1));
      editions.computeIfAbsent(period, any -> new TreeSet<>()).add(row.getLong(2));
    }
    HashMap<String, Places> found = new HashMap<>();
    sequences.forEach(
        (period, lanes) -> {
          TreeSet<Long> landed = editions.getOrDefault(period, new TreeSet<>());
          found.put(period, new Places(sorted(lanes), landed));
        });
    return found;
  }

  private static TreeMap<String, long[]> sorted(Map<String, LongStream.Builder> lanes) {
    TreeMap<String, long[]> sorted = new TreeMap<>();
    lanes.forEach((lane, each) -> sorted.put(lane, sorted(each.build())));
    return sorted;
  }

  Places and(Places other) {
    TreeMap<String, long[]> both = new TreeMap<>(sequences);
    other.sequences.forEach(
        (lane, more) ->
            both.merge(
                lane,
                more,
                (a, b) -> sorted(LongStream.concat(Arrays.stream(a), Arrays.stream(b)))));
    TreeSet<Long> landed = new TreeSet<>(editions);
    landed.addAll(other.editions);
    return new Places(both, landed);
  }

  Places without(Places other) {
    TreeMap<String, long[]> left = new TreeMap<>();
    sequences.forEach(
        (lane, each) -> {
          long[] rest = Arrays.stream(each).filter(s -> !other.contains(lane, s)).toArray();
          if (rest.length > 0) {
            left.put(lane, rest);
          }
        });
    return new Places(left, new TreeSet<>(editions));
  }

  private static long[] sorted(LongStream sequences) {
    return sequences.sorted().distinct().toArray();
  }

  boolean contains(String lane, long sequence) {
    long @Nullable [] each = sequences.get(lane);
    return each != null && Arrays.binarySearch(each, sequence) >= 0;
  }

  long count() {
    return sequences.values().stream().mapToLong(each -> each.length).sum();
  }

  boolean isEmpty() {
    return sequences.isEmpty();
  }

  /** The smallest raw edition; 0 of none. */
  long firstEdition() {
    return editions.isEmpty() ? 0 : editions.first();
  }

  /** The largest raw edition; 0 of none. */
  long lastEdition() {
    return editions.isEmpty() ? 0 : editions.last();
  }

  /** Whether a row landed in one of their editions; prunes files by their statistics. */
  Column landedIn(String edition) {
    return editions.size() <= NAMED_AT_MOST
        ? col(edition).isin(editions.toArray())
        : col(edition).between(firstEdition(), lastEdition());
  }

  /** Whether a row is of these places; prunes files, then asks for each row. */
  Column include(SparkSession spark, String lane, String sequence) {
    return near(lane, sequence).and(has(spark, lane, sequence));
  }

  /** The same for rows in memory: asks for each of them. */
  Column has(SparkSession spark, String lane, String sequence) {
    if (isEmpty()) {
      return lit(false);
    }
    Broadcast<Places> sent =
        spark.sparkContext().broadcast(this, ClassTag$.MODULE$.apply(Places.class));
    UDF2<String, Long, Boolean> found =
        (l, s) -> l != null && s != null && sent.value().contains(l, s);
    return udf(found, DataTypes.BooleanType).apply(col(lane), col(sequence));
  }

  private Column near(String lane, String sequence) {
    if (sequences.size() > NAMED_AT_MOST) {
      return lit(true);
    }
    Column near = lit(false);
    for (Map.Entry<String, long[]> each : sequences.entrySet()) {
      long[] sorted = each.getValue();
      near =
          near.or(
              col(lane)
                  .equalTo(each.getKey())
                  .and(col(sequence).between(sorted[0], sorted[sorted.length - 1])));
    }
    return near;
  }
}
