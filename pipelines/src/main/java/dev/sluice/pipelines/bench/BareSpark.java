package dev.sluice.pipelines.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.from_json;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.pipelines.config.SluiceConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
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

/** What one would write with stock parts: no guard, no audit branch, no tokens, no quarantine. */
final class BareSpark {
  private static final String CATALOG = "bare";
  private static final String RAW = CATALOG + ".b.raw";
  private static final String STAGE = CATALOG + ".b.stage";

  private final SparkSession spark;
  private final SluiceConfig.Kafka kafka;
  private final DataContract contract;
  private final String topic;
  private final Path checkpoint;

  BareSpark(
      SparkSession spark,
      SluiceConfig.Kafka kafka,
      DataContract contract,
      String topic,
      Path folder) {
    this.spark = spark;
    this.kafka = kafka;
    this.contract = contract;
    this.topic = topic;
    this.checkpoint = folder.resolve("checkpoint");
    spark.conf().set("spark.sql.catalog." + CATALOG, "org.apache.iceberg.spark.SparkCatalog");
    spark.conf().set("spark.sql.catalog." + CATALOG + ".type", "hadoop");
    spark
        .conf()
        .set(
            "spark.sql.catalog." + CATALOG + ".warehouse",
            folder.resolve("warehouse").toUri().toString());
    spark.conf().set("spark.sql.catalog." + CATALOG + ".cache-enabled", "false");
  }

  /** Makes the two tables. */
  void prepare() {
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
            + fields()
            + ") USING iceberg TBLPROPERTIES ('write.parquet.compression-codec'='zstd')");
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
    List<String> key =
        contract.stage().key().stream().map(column -> column.source().name()).toList();
    spark
        .table(RAW)
        .where(col("edition").equalTo(edition))
        .select(from_json(col("value").cast("string"), StructType.fromDDL(fields())).as("m"))
        .select("m.*")
        .dropDuplicates(key.toArray(new String[0]))
        .select(names())
        .writeTo(STAGE)
        .append();
  }

  private String fields() {
    return contract.stage().columns().stream()
        .map(column -> column.source().name() + " " + type(column))
        .collect(Collectors.joining(", "));
  }

  /** Times stay as they are written; stock code would leave them to a later step. */
  private static String type(StageColumn column) {
    String ddl = column.source().type().ddl();
    boolean epoch =
        ddl.equals("timestamp") && column.source().timeFormat().name().startsWith("EPOCH");
    return epoch ? "bigint" : ddl;
  }

  private Column[] names() {
    return contract.stage().columns().stream()
        .map(column -> col(column.source().name()))
        .toArray(Column[]::new);
  }
}
