package dev.sluice.catalog.publishing;

import static org.apache.spark.sql.functions.expr;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.tables.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.Trigger;

/** One run of {@link RandomColumnsTest}: the same stream into a stock table and into ours. */
final class RandomColumnsProcess {
  private RandomColumnsProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    SparkSession spark = session(folder);
    spark.sql("CREATE TABLE IF NOT EXISTS stock.d.t (id bigint, note string) USING iceberg");
    spark.sql("CREATE NAMESPACE IF NOT EXISTS lake.d");
    spark.sql(
        "CREATE TABLE IF NOT EXISTS lake.d.t (id bigint, note string, _edition bigint)"
            + " USING iceberg TBLPROPERTIES ('sluice.governed'='true')");

    stream(spark, folder, "stock").toTable("stock.d.t").awaitTermination();
    int[] refused = {0};
    VoidFunction2<Dataset<Row>, Long> land = (rows, id) -> land(rows, refused);
    stream(spark, folder, "ours").foreachBatch(land).start().awaitTermination();

    say(reads(spark, "stock.d.t", "stock"));
    say(reads(spark, "lake.d.t", "ours"));
    say("ours refused " + refused[0]);
    say("stock files " + hash(folder.resolve("stock/d/t/data")));
    say("ours files " + hash(folder.resolve("lake/d/t/data")));
    spark.stop();
  }

  private static void land(Dataset<Row> rows, int[] refused) {
    var head = new Lake(rows.sparkSession()).head("d.t");
    Stamp stamp =
        new Stamp(
            "r1",
            "files",
            "1.0.0",
            "test",
            head.epoch(),
            head.edition() + 1,
            Optional.empty(),
            new TreeMap<>(Map.of(new Lane("local/files@1/0"), new LaneRange(0, 10))),
            Touched.NOTHING);
    try {
      StampedWrite.append(rows, "d.t", stamp, Optional.empty());
    } catch (Refused e) {
      refused[0]++;
    }
  }

  private static DataStreamWriter<Row> stream(SparkSession spark, Path folder, String name) {
    return spark
        .readStream()
        .schema("id bigint")
        .json(folder.resolve("in").toString())
        .withColumn("note", expr("repeat(uuid(), 1 + cast(rand() * 50 AS int))"))
        .writeStream()
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", folder.resolve("checkpoint-" + name).toString());
  }

  private static String reads(SparkSession spark, String table, String name) {
    try {
      return name + " reads " + spark.table(table).collectAsList().size();
    } catch (Exception e) {
      return name + " is broken";
    }
  }

  private static int hash(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      int hash = 0;
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        hash = 31 * hash + file.hashCode() + Arrays.hashCode(Files.readAllBytes(file));
      }
      return hash;
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static SparkSession session(Path folder) {
    String lake = "spark.sql.catalog.lake";
    String stock = "spark.sql.catalog.stock";
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.warehouse.dir", folder.resolve("spark").toString())
        .config(lake, "org.apache.iceberg.spark.SparkCatalog")
        .config(lake + ".catalog-impl", "dev.sluice.catalog.tables.GuardedCatalog")
        .config(lake + ".uri", "jdbc:sqlite:" + folder.resolve("catalog.db"))
        .config(lake + ".warehouse", folder.resolve("lake").toUri().toString())
        .config(lake + ".jdbc.schema-version", "V1")
        .config(lake + ".cache-enabled", "false")
        .config(stock, "org.apache.iceberg.spark.SparkCatalog")
        .config(stock + ".type", "hadoop")
        .config(stock + ".warehouse", folder.resolve("stock").toUri().toString())
        .config(stock + ".cache-enabled", "false")
        .getOrCreate();
  }
}
