package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.publishing.fixture.StockLake;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.catalog.tables.StampText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.Trigger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that are meant for an audit branch: where stock writers put them without a word, and what
 * the guard says to the same calls. Each table starts with one row and a branch made from it.
 */
class BranchWritesTest {
  private static final String WAP_BRANCH = "spark.wap.branch";
  private final SparkSession spark = SharedLake.lake().spark();
  @TempDir Path folder;

  @BeforeEach
  void tenRowsComeIn() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/0.json"), "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
  }

  @AfterEach
  void forgetTheSession() {
    spark.conf().unset(WAP_BRANCH);
  }

  @Test
  void theStockStreamIgnoresTheBranchOption() throws Exception {
    String table = stock("stream_option");

    stream().option("branch", "audit").toTable(table).awaitTermination();

    assertPublishedUnseen(table, 4);
  }

  @Test
  void theStockStreamIgnoresTheSessionsBranch() throws Exception {
    String table = stock("stream_wap");
    spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('write.wap.enabled'='true')");
    spark.conf().set(WAP_BRANCH, "audit");

    stream().toTable(table).awaitTermination();

    spark.conf().unset(WAP_BRANCH);
    assertPublishedUnseen(table, 4);
  }

  @Test
  void theStockStreamTakesABranchesNameForANewTable() throws Exception {
    String table = stock("stream_name");

    stream().toTable(table + ".branch_audit").awaitTermination();

    assertThat(spark.table(table).count()).isEqualTo(1);
    assertThat(SharedLake.folder().resolve("stock/d/stream_name/branch_audit/metadata")).exists();
    assertThat(spark.sql("SELECT * FROM " + table + " VERSION AS OF 'audit'").count()).isEqualTo(1);
    assertThat(count(table, "audit")).as("the new table hides the branch").isEqualTo(3);
  }

  @Test
  void theStockBatchWriterIgnoresTheBranchOption() throws Exception {
    String table = stock("batch_option");

    rows().writeTo(table).option("branch", "audit").append();

    assertPublishedUnseen(table, 4);
  }

  @Test
  void theGuardRefusesTheStreamWithABranchOption() throws Exception {
    String name = guarded("branch_raw.stream_option");

    assertRefused(
        Refused.Why.UNSTAMPED,
        () ->
            stream()
                .option("branch", "audit")
                .toTable(SharedLake.lake().sql(name))
                .awaitTermination());

    assertUntouched(name);
  }

  @Test
  void theGuardRefusesTheStreamWithASessionsBranch() throws Exception {
    String name = guarded("branch_raw.stream_wap");
    spark.sql(
        "ALTER TABLE "
            + SharedLake.lake().sql(name)
            + " SET TBLPROPERTIES ('write.wap.enabled'='true')");
    spark.conf().set(WAP_BRANCH, "audit");

    assertRefused(
        Refused.Why.UNSTAMPED,
        () -> stream().toTable(SharedLake.lake().sql(name)).awaitTermination());

    spark.conf().unset(WAP_BRANCH);
    assertUntouched(name);
  }

  @Test
  void theGuardRefusesATableInPlaceOfABranch() throws Exception {
    String name = guarded("branch_raw.stream_name");

    assertRefused(
        Refused.Why.WRONG_BRANCH,
        () -> stream().toTable(SharedLake.lake().sql(name) + ".branch_audit").awaitTermination());

    assertUntouched(name);
  }

  @Test
  void theGuardRefusesTheBatchWriterWithABranchOption() throws Exception {
    String name = guarded("branch_raw.batch_option");
    Stamp stamp = stamp(name, Optional.of("audit"));

    assertRefused(
        Refused.Why.WRONG_BRANCH,
        () ->
            rows()
                .writeTo(SharedLake.lake().sql(name))
                .option("branch", "audit")
                .option("snapshot-property.sluice.stamp", StampText.write(stamp))
                .append());
    assertRefused(
        Refused.Why.UNSTAMPED,
        () -> rows().writeTo(SharedLake.lake().sql(name)).option("branch", "audit").append());

    assertUntouched(name);
  }

  @Test
  void aStampedWriteReachesTheBranch() throws Exception {
    String name = guarded("branch_raw.stamped");

    StampedWrite.append(
        rows().select("id"), name, stamp(name, Optional.of("audit")), Optional.of("audit"));

    assertThat(SharedLake.lake().read(name).count()).isEqualTo(1);
    assertThat(SharedLake.lake().readBranch(name, "audit").count()).isEqualTo(4);
  }

  @Test
  void theGuardRefusesSqlThatChangesRowsOrTheTable() throws Exception {
    String name = guarded("branch_raw.sql");
    String table = SharedLake.lake().sql(name);

    for (String statement :
        new String[] {
          "INSERT INTO " + table + " VALUES (9, 9)",
          "INSERT OVERWRITE " + table + " VALUES (9, 9)",
          "DELETE FROM " + table + " WHERE id = 0",
          "DELETE FROM " + table,
          "UPDATE " + table + " SET id = 7",
          "MERGE INTO "
              + table
              + " t USING (SELECT 5 AS id) s ON t.id = s.id"
              + " WHEN NOT MATCHED THEN INSERT (id, _edition) VALUES (5, 5)"
        }) {
      assertRefused(Refused.Why.UNSTAMPED, () -> spark.sql(statement));
    }
    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        () -> spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('sluice.head'='{}')"));
    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        () -> spark.sql("ALTER TABLE " + table + " UNSET TBLPROPERTIES ('sluice.governed')"));
    assertRefused(
        Refused.Why.CONTRACT, () -> spark.sql("ALTER TABLE " + table + " DROP COLUMN id"));
    assertRefused(
        Refused.Why.CONTRACT, () -> spark.sql("ALTER TABLE " + table + " ADD COLUMN x int"));
    assertRefused(Refused.Why.REPLACE, () -> spark.sql("DROP TABLE " + table));
    assertRefused(Refused.Why.REPLACE, () -> spark.sql("DROP TABLE " + table + " PURGE"));
    assertRefused(
        Refused.Why.REPLACE,
        () -> spark.sql("ALTER TABLE " + table + " RENAME TO branch_raw.other"));
    assertRefused(
        Refused.Why.REPLACE,
        () -> spark.sql("CREATE OR REPLACE TABLE " + table + " (id int) USING iceberg"));
    assertRefused(
        Refused.Why.REPLACE,
        () ->
            spark.sql(
                "CREATE OR REPLACE TABLE "
                    + table
                    + " USING iceberg AS SELECT 1L AS id, 1L AS _edition"));
    assertRefused(
        Refused.Why.KEY,
        () -> spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('encryption.key-id'='k')"));

    assertUntouched(name);
    assertThat(StockLake.orphans(SharedLake.lake().table(name))).isEmpty();
  }

  private String stock(String name) {
    String table = StockLake.table(name);
    spark.sql("INSERT INTO " + table + " VALUES (0, 0)");
    spark.sql("ALTER TABLE " + table + " CREATE BRANCH audit");
    return table;
  }

  private String guarded(String name) {
    StockLake.governed(name);
    StampedWrite.append(
        spark.range(1).toDF("id"), name, stamp(name, Optional.empty()), Optional.empty());
    spark.sql("ALTER TABLE " + SharedLake.lake().sql(name) + " CREATE BRANCH audit");
    return name;
  }

  private Stamp stamp(String name, Optional<String> branch) {
    var head = SharedLake.lake().head(name);
    Lane lane = new Lane("local/files@1/0");
    long from = head.lanes().at(lane);
    return new Stamp(
        "r1",
        "files",
        "1.0.0",
        "test",
        head.epoch(),
        head.edition() + 1,
        branch,
        new TreeMap<>(Map.of(lane, new LaneRange(from, from + 10))),
        Touched.NOTHING);
  }

  private Dataset<Row> rows() {
    return spark.range(1, 4).selectExpr("id", "0L AS _edition");
  }

  private DataStreamWriter<Row> stream() {
    return spark
        .readStream()
        .schema("id bigint")
        .json(folder.resolve("in").toString())
        .selectExpr("id", "0L AS _edition")
        .writeStream()
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", folder.resolve("checkpoint").toString());
  }

  private long count(String table, String branch) {
    return spark.table(table + ".branch_" + branch).count();
  }

  private void assertPublishedUnseen(String table, long rows) {
    assertThat(spark.table(table).count()).as("rows on main").isEqualTo(rows);
    assertThat(count(table, "audit")).as("rows on the branch").isEqualTo(1);
  }

  private void assertUntouched(String name) {
    assertThat(SharedLake.lake().read(name).count()).isEqualTo(1);
    assertThat(SharedLake.lake().head(name).edition()).isEqualTo(1);
    assertThat(SharedLake.lake().readBranch(name, "audit").count()).isEqualTo(1);
  }

  private static void assertRefused(Refused.Why why, ThrowingCallable act) {
    assertThatThrownBy(act)
        .satisfies(
            thrown -> {
              Throwable at = thrown;
              while (!(at instanceof Refused) && at.getCause() != null) {
                at = at.getCause();
              }
              assertThat(at)
                  .isInstanceOfSatisfying(
                      Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
            });
  }
}
