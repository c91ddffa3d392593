package dev.sluice.catalog.publishing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.publishing.fixture.StockLake;
import dev.sluice.catalog.tables.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stream of twenty rows in two batches that dies between its table commit and Spark's commit log
 * and is started again: what Iceberg's streaming sink and a plain {@code foreachBatch} make of it,
 * and what a stamped write makes of it.
 */
class StreamReplayTest {
  private static final Lane LANE = new Lane("local/files@1/0");
  private final SparkSession spark = SharedLake.lake().spark();
  @TempDir Path folder;

  /** What happens between the two runs. */
  enum Between {
    NOTHING,
    ANOTHER_COMMIT_THEN_EXPIRY,
    COMPACTION_THEN_EXPIRY,
    CHECKPOINT_LOST
  }

  @BeforeEach
  void twoFiles() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    for (int file = 0; file < 2; file++) {
      String lines =
          LongStream.range(file * 10L, file * 10L + 10)
              .mapToObj(id -> "{\"id\":" + id + "}")
              .collect(Collectors.joining("\n"));
      Path path = Files.writeString(folder.resolve("in/" + file + ".json"), lines);
      Files.setLastModifiedTime(path, FileTime.fromMillis(1_700_000_000_000L + file * 60_000L));
    }
  }

  @ParameterizedTest(name = "{0}: {1} rows, {2} distinct")
  @CsvSource({
    "NOTHING, 20, 20",
    "ANOTHER_COMMIT_THEN_EXPIRY, 31, 21",
    "COMPACTION_THEN_EXPIRY, 30, 20",
    "CHECKPOINT_LOST, 40, 20"
  })
  void theStockStreamingSinkRepeatsRows(Between between, long rows, long distinct)
      throws Exception {
    String table = StockLake.table("sink_" + between.name().toLowerCase(java.util.Locale.ROOT));

    run(stream().toTableOf(table));
    between(between, table, () -> spark.sql("INSERT INTO " + table + " VALUES (1000, 0)"));
    run(stream().toTableOf(table));

    assertRows(table, rows, distinct);
  }

  @Test
  void aPlainForeachBatchRepeatsRows() throws Exception {
    String table = StockLake.table("foreach_batch");

    run(stream().toBatches((rows, id) -> rows.writeTo(table).append()));
    between(Between.NOTHING, table, () -> {});
    run(stream().toBatches((rows, id) -> rows.writeTo(table).append()));

    assertRows(table, 30, 20);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void aStampedWriteTakesEachRowOnce(Between between) throws Exception {
    String name = "replay_raw.t_" + between.name().toLowerCase(java.util.Locale.ROOT);
    String table = StockLake.governed(name);
    int[] refused = {0};

    run(stream().toBatches((rows, id) -> land(rows, name, refused)));
    between(between, table, () -> anotherWriter(name));
    assertThat(refused[0]).isZero();
    run(stream().toBatches((rows, id) -> land(rows, name, refused)));

    boolean other = between == Between.ANOTHER_COMMIT_THEN_EXPIRY;
    assertRows(table, other ? 21 : 20, other ? 21 : 20);
    assertThat(refused[0]).isEqualTo(between == Between.CHECKPOINT_LOST ? 2 : 1);
    assertThat(SharedLake.lake().head(name).lanes().at(LANE)).isEqualTo(20);
    assertThat(StockLake.orphans(SharedLake.lake().table(name))).isEmpty();
  }

  @Test
  void theStockSinkLeavesAnOrphanEvenWhenItRepeatsNothing() throws Exception {
    String table = StockLake.table("orphan");

    run(stream().toTableOf(table));
    between(Between.NOTHING, table, () -> {});
    run(stream().toTableOf(table));

    assertThat(StockLake.orphans(StockLake.load(table))).hasSize(1);
  }

  /** Lands one batch: the smallest and largest id are its interval; refusals are counted. */
  private static void land(Dataset<Row> rows, String table, int[] refused) {
    Row ends = rows.agg(min("id"), max("id")).first();
    Lake lake = new Lake(rows.sparkSession());
    LaneRange range = new LaneRange(ends.getLong(0), ends.getLong(1) + 1);
    try {
      StampedWrite.append(
          rows.select("id"), table, stamp(lake.head(table), LANE, range), Optional.empty());
    } catch (Refused e) {
      assertThat(e.why()).isEqualTo(Refused.Why.ALREADY_TAKEN);
      refused[0]++;
    }
  }

  private void anotherWriter(String table) {
    Lane other = new Lane("local/files@1/1");
    StampedWrite.append(
        spark.range(1000, 1001).toDF("id"),
        table,
        stamp(SharedLake.lake().head(table), other, new LaneRange(0, 1)),
        Optional.empty());
  }

  private static Stamp stamp(Head head, Lane lane, LaneRange range) {
    return new Stamp(
        "r1",
        "files",
        "1.0.0",
        "test",
        head.epoch(),
        head.edition() + 1,
        Optional.empty(),
        new TreeMap<>(Map.of(lane, range)),
        Touched.NOTHING);
  }

  private void between(Between between, String table, Runnable anotherWriter) throws IOException {
    switch (between) {
      case NOTHING -> forgetTheLastBatch();
      case ANOTHER_COMMIT_THEN_EXPIRY -> {
        forgetTheLastBatch();
        anotherWriter.run();
        StockLake.expire(table);
      }
      case COMPACTION_THEN_EXPIRY -> {
        forgetTheLastBatch();
        StockLake.compact(table);
        StockLake.expire(table);
      }
      case CHECKPOINT_LOST -> delete(folder.resolve("checkpoint"));
    }
  }

  /** As if the driver had died after the table's commit and before Spark's commit log. */
  private void forgetTheLastBatch() throws IOException {
    Path commits = folder.resolve("checkpoint/commits");
    Files.delete(commits.resolve("1"));
    Files.deleteIfExists(commits.resolve(".1.crc"));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void assertRows(String table, long rows, long distinct) {
    Dataset<Row> ids = spark.table(table).select("id");
    assertThat(ids.count()).isEqualTo(rows);
    assertThat(ids.distinct().count()).isEqualTo(distinct);
  }

  private static void run(StreamingQuery query) throws Exception {
    query.awaitTermination();
  }

  private Source stream() {
    return new Source(
        spark
            .readStream()
            .schema("id bigint")
            .option("maxFilesPerTrigger", 1)
            .json(folder.resolve("in").toString())
            .select(col("id"), lit(0L).as("_edition"))
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .option("checkpointLocation", folder.resolve("checkpoint").toString()));
  }

  private record Source(DataStreamWriter<Row> writer) {
    StreamingQuery toTableOf(String table) throws Exception {
      return writer.toTable(table);
    }

    StreamingQuery toBatches(VoidFunction2<Dataset<Row>, Long> each) throws Exception {
      return writer.foreachBatch(each).start();
    }
  }
}
