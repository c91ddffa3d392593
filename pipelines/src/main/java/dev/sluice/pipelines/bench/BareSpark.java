package dev.sluice.pipelines.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.publishing.LocalLocation;
import dev.sluice.pipelines.config.SluiceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/**
 * What one would write with stock parts: no guard, no audit branch, no tokens, no quarantine. The
 * stage table is laid out as the contract says, in partitions and order, and written as such a
 * table is by default; or it is plain, with neither.
 */
final class BareSpark {
  private static final String CATALOG = "bare";
  private static final String RAW = CATALOG + ".b.raw";
  private static final String STAGE = CATALOG + ".b.stage";

  /** The end of the century, in milliseconds. */
  private static final long LATEST = 4_102_444_800_000L;

  private final SparkSession spark;
  private final SluiceConfig.Kafka kafka;
  private final DataContract contract;
  private final String topic;
  private final Path checkpoint;
  private final boolean plain;

  BareSpark(
      SparkSession spark,
      SluiceConfig.Kafka kafka,
      DataContract contract,
      String topic,
      Path folder,
      boolean plain) {
    this.spark = spark;
    this.kafka = kafka;
    this.contract = contract;
    this.topic = topic;
    this.plain = plain;
    this.checkpoint = folder.resolve("checkpoint");
    spark.conf().set("spark.sql.catalog." + CATALOG, "org.apache.iceberg.spark.SparkCatalog");
    spark.conf().set("spark.sql.catalog." + CATALOG + ".type", "hadoop");
    spark
        .conf()
        .set(
            "spark.sql.catalog." + CATALOG + ".warehouse",
            LocalLocation.of(folder.resolve("warehouse")));
    spark.conf().set("spark.sql.catalog." + CATALOG + ".cache-enabled", "false");
  }

  /** Makes the two tables. */
  void prepare() {
    List<String> partitions = plain ? List.of() : contract.stage().partitioning();
    spark.sql(
        "CREATE TABLE "
            + RAW
            + " (edition bigint, topic string, part int, sequence bigint, source_time timestamp,"
            + " landed_at timestamp, key binary, value binary) USING iceberg PARTITIONED BY"
            + " (days(landed_at)) TBLPROPERTIES ('write.distribution-mode'='none',"
            + "'write.parquet.compression-codec'='zstd')");
    spark.sql(
        "CREATE TABLE "
            + STAGE
            + " ("
            + columns(StageColumn::name, column -> column.source().type().ddl())
            + ") USING iceberg"
            + (partitions.isEmpty() ? "" : " PARTITIONED BY (" + listed(partitions) + ")")
            + " TBLPROPERTIES ('write.parquet.compression-codec'='zstd')");
    List<String> order = contract.stage().sortedBy();
    if (!partitions.isEmpty() && !order.isEmpty()) {
      spark.sql(
          "ALTER TABLE "
              + STAGE
              + " WRITE DISTRIBUTED BY PARTITION LOCALLY ORDERED BY "
              + listed(order));
    }
  }

  private static String listed(List<String> names) {
    return String.join(", ", names);
  }

  /** Lands what is new, by a checkpoint and a plain append. */
  void land(long edition) throws TimeoutException, StreamingQueryException {
    Dataset<Row> messages =
        spark
            .readStream()
            .format("kafka")
            .option("kafka.bootstrap.servers", kafka.bootstrap())
            .option("subscribe", topic)
            .option("startingOffsets", "earliest")
            .option("maxOffsetsPerTrigger", contract.source().maxRowsPerBatch())
            .load();
    VoidFunction2<Dataset<Row>, Long> append = (batch, id) -> append(batch, edition);
    messages
        .writeStream()
        .option("checkpointLocation", checkpoint.toString())
        .trigger(Trigger.AvailableNow())
        .foreachBatch(append)
        .start()
        .awaitTermination();
  }

  private static void append(Dataset<Row> batch, long edition) throws NoSuchTableException {
    batch
        .selectExpr(
            edition + "L AS edition",
            "topic",
            "partition AS part",
            "offset AS sequence",
            "timestamp AS source_time",
            "key",
            "value")
        .withColumn("landed_at", current_timestamp())
        .select("edition", "topic", "part", "sequence", "source_time", "landed_at", "key", "value")
        .writeTo(RAW)
        .append();
  }

  /** Decodes, drops duplicates of the business key, appends. */
  void promote(long edition) throws NoSuchTableException {
    String[] key = contract.stage().key().stream().map(StageColumn::name).toArray(String[]::new);
    String message = columns(column -> column.source().name(), BareSpark::written);
    spark
        .table(RAW)
        .where(col("edition").equalTo(edition))
        .select(from_json(col("value").cast("string"), StructType.fromDDL(message)).as("m"))
        .select(contract.stage().columns().stream().map(BareSpark::value).toArray(Column[]::new))
        .where(col(contract.stage().eventTime().column()).isNotNull())
        .dropDuplicates(key)
        .writeTo(STAGE)
        .append();
  }

  private String columns(Function<StageColumn, String> name, Function<StageColumn, String> type) {
    return contract.stage().columns().stream()
        .map(column -> name.apply(column) + " " + type.apply(column))
        .collect(Collectors.joining(", "));
  }

  private static String written(StageColumn column) {
    return isEpoch(column) ? "bigint" : column.source().type().ddl();
  }

  private static Column value(StageColumn column) {
    Column came = col("m." + column.source().name());
    if (!isEpoch(column)) {
      return came.as(column.name());
    }
    Column time =
        switch (column.source().timeFormat()) {
          case EPOCH_SECONDS -> timestamp_seconds(came);
          case EPOCH_MICROS -> timestamp_micros(came);
          default -> timestamp_millis(came);
        };
    return when(came.between(0, LATEST), time).as(column.name()); // some messages say nonsense
  }

  private static boolean isEpoch(StageColumn column) {
    return column.source().type().ddl().equals("timestamp")
        && column.source().timeFormat().name().startsWith("EPOCH");
  }
}
