package dev.sluice.refined.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.PasswordReference;
import dev.sluice.catalog.tables.ZoneTables;
import dev.sluice.refined.fixture.Shop;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshReferenceTest {
  private static final String SECRET = "not-in-any-message-81f3";

  @TempDir static Path folder;
  private static EmbeddedPostgres postgres;
  private final Lake lake = SharedLake.lake();

  @BeforeAll
  static void start() throws IOException, SQLException {
    postgres = EmbeddedPostgres.builder().start();
    Files.writeString(folder.resolve("password"), SECRET + "\n");
    sql("CREATE ROLE reader LOGIN PASSWORD '" + SECRET + "'");
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void newContentIsANewVersionAndEqualContentIsNone() throws SQLException {
    sql("CREATE TABLE versions (place text NOT NULL, place_oid int8, more int)");
    sql("INSERT INTO versions VALUES ('north', 1, 7), ('south', 2, 7)");
    sql("GRANT SELECT ON versions TO reader");
    Given given = given("refversion", "versions", Shop.places());

    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.head().edition()).isEqualTo(1);
    assertThat(given.head().lanes().at(Lane.ofReference("places"))).isEqualTo(1);
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);

    sql("DELETE FROM versions WHERE place_oid = 1");
    sql("INSERT INTO versions VALUES ('north', 1, 8)"); // other order, other unread column
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(given.job().plan().nothingToDo()).isTrue();

    sql("UPDATE versions SET place = 'North' WHERE place_oid = 1");
    assertThat(given.job().plan().nothingToDo()).isFalse();
    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.head().lanes().at(Lane.ofReference("places"))).isEqualTo(2);
    assertThat(given.rows()).containsExactly("[1,North]", "[2,south]");

    sql("DELETE FROM versions");
    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.rows()).isEmpty();
  }

  @Test
  void aVersionSaysWhichKeysCameChangedAndWent() throws SQLException {
    sql("CREATE TABLE keyed (place text NOT NULL, place_oid int8)");
    sql("INSERT INTO keyed SELECT 'p' || i, i FROM generate_series(1, 5) i");
    sql("GRANT SELECT ON keyed TO reader");
    Given given = given("refkeyed", "keyed", Shop.places());
    given.refresh();
    assertThat(given.touchedSince(0)).isEqualTo(Touched.NOTHING);

    sql("UPDATE keyed SET place = 'other' WHERE place_oid = 2");
    sql("DELETE FROM keyed WHERE place_oid = 3");
    sql("INSERT INTO keyed VALUES ('new', -7)");
    given.refresh();
    sql("UPDATE keyed SET place_oid = 6 WHERE place_oid = 5");
    given.refresh();

    assertThat(given.touchedSince(1).partitions())
        .containsExactly("[\"-7\"]", "[\"2\"]", "[\"3\"]", "[\"5\"]", "[\"6\"]");
    assertThat(given.touchedSince(2).partitions()).containsExactly("[\"5\"]", "[\"6\"]");
  }

  @ParameterizedTest(name = "key {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          close numbers    | place_oid int8 | i - 1000
          distant numbers  | place_oid int8 | i::int8 * 1000000007
          """)
  void aLargeTableIsReadInPartsAndHoldsTheSame(String what, String column, String key)
      throws SQLException {
    String table = "large_" + what.replace(' ', '_');
    sql("CREATE TABLE " + table + " (" + column + ", place text)");
    sql("INSERT INTO " + table + " SELECT " + key + ", 'p' || i FROM generate_series(1, 997) i");
    sql("GRANT SELECT ON " + table + " TO reader");
    Given given =
        given(table.replace("_", ""), table, Shop.places(), new ReferenceSize(100, 90, 5000));

    StepFigures figures = ((JobOutcome.Done) given.refresh()).figures();

    assertThat(figures.notes()).containsEntry("parts", 12L);
    assertThat(figures.published()).isEqualTo(997);
    assertThat(given.rows()).hasSize(997).doesNotHaveDuplicates();
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);
    sql("UPDATE " + table + " SET place = 'x' WHERE place = 'p7'");
    given.refresh();
    assertThat(given.touchedSince(1).partitions()).hasSize(1);
    sql("INSERT INTO " + table + " SELECT * FROM " + table + " LIMIT 2");
    assertThat(given.failed(FailureKind.DATA)).contains("2 rows repeat");
    sql("UPDATE " + table + " SET place_oid = null WHERE place = 'p9'");
    assertThat(given.failed(FailureKind.DATA)).contains("have no value in the key");
  }

  @Test
  void textKeysAreCutByTheirHashAndTypesAreKept() throws SQLException {
    ReferenceTable reference =
        new ReferenceTable(
            "things",
            List.of(
                column("word", Simple.STRING),
                column("at", Simple.TIMESTAMP),
                column("day", Simple.DATE),
                column("price", new ColumnType.Decimal(10, 2))),
            List.of("word", "day"));
    sql("CREATE TABLE words (word text, at timestamptz, day date, price numeric)");
    sql(
        "INSERT INTO words SELECT 'w''~' || i, '2026-03-01 00:00:00.000001Z'::timestamptz,"
            + " '1890-01-02'::date + i, i / 4.0 FROM generate_series(1, 40) i");
    sql("GRANT SELECT ON words TO reader");
    Given inParts = given("refwords", "words", reference, new ReferenceSize(10, 8, 5000));
    Given atOnce = given("refwordsonce", "words", reference);

    inParts.refresh();
    atOnce.refresh();
    assertThat(inParts.rows()).hasSize(40).isEqualTo(atOnce.rows());

    sql("UPDATE words SET at = null WHERE word = 'w''~7'");
    inParts.refresh();
    assertThat(inParts.touchedSince(1).partitions()).containsExactly("[\"w'~7\",\"1890-01-09\"]");
    sql("ALTER TABLE words ALTER price TYPE float8");
    assertThat(inParts.failed(FailureKind.SETUP)).contains("price is declared decimal(10,2)");
    assertThat(
            given("refwordsmost", "words", reference, new ReferenceSize(10, 8, 39))
                .failed(FailureKind.DATA))
        .contains("more than 39 rows");
  }

  @Test
  void everyTypeComesExactly() throws SQLException {
    ReferenceTable reference =
        reference(
            column("id", Simple.INT),
            column("big", Simple.BIGINT),
            column("price", new ColumnType.Decimal(10, 2)),
            column("ratio", Simple.DOUBLE),
            column("yes", Simple.BOOLEAN),
            column("day", Simple.DATE),
            column("at", Simple.TIMESTAMP),
            column("local", Simple.TIMESTAMP_NTZ),
            column("word", Simple.STRING));
    sql(
        "CREATE TABLE typed (id int2, big int4, price numeric, ratio float8, yes bool, day date,"
            + " at timestamptz, local timestamp, word varchar(9))");
    sql(
        "INSERT INTO typed VALUES (1, 2, 12345678.9, 0.1, true, '1890-01-02',"
            + " '2026-03-29 02:30:00.123456+02', '2026-03-29 02:30:00', 'x'), (2, null, null, null,"
            + " null, null, null, null, null)");
    sql("GRANT SELECT ON typed TO reader");
    Given given = given("reftypes", "typed", reference);

    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);

    assertThat(given.rows())
        .containsExactly(
            "[1,2,12345678.90,0.1,true,1890-01-02,2026-03-29 00:30:00.123456,2026-03-29T02:30,x]",
            "[2,null,null,null,null,null,null,null,null]");
  }

  @Test
  void whatDoesNotFitIsRefusedAndNotRounded() throws SQLException {
    sql("CREATE TABLE rounded (id int8, price numeric)");
    sql("INSERT INTO rounded VALUES (1, 1.005)");
    sql("GRANT SELECT ON rounded TO reader");
    ReferenceTable reference =
        reference(column("id", Simple.BIGINT), column("price", new ColumnType.Decimal(10, 2)));

    assertThat(given("refround", "rounded", reference).failed(FailureKind.DATA))
        .contains("price", "decimal(10,2)")
        .doesNotContain("1.005");
    sql("UPDATE rounded SET price = 'NaN'");
    assertThat(given("refround", "rounded", reference).failed(FailureKind.DATA)).contains("price");
    assertThat(
            given("refkind", "rounded", reference(column("id", Simple.INT)))
                .failed(FailureKind.SETUP))
        .contains("id is declared int and is int8");
  }

  @Test
  void keysMustBeThereAndOnce() throws SQLException {
    sql("CREATE TABLE keys (place_oid int8, place text)");
    sql("GRANT SELECT ON keys TO reader");
    Given given = given("refkeys", "keys", Shop.places());

    sql("INSERT INTO keys VALUES (1, 'secret-a'), (1, 'secret-b')");
    assertThat(given.failed(FailureKind.DATA))
        .contains("1 rows repeat", "GROUP BY place_oid")
        .doesNotContain("secret");
    sql("DELETE FROM keys");
    sql("INSERT INTO keys VALUES (null, 'secret-a')");
    assertThat(given.failed(FailureKind.DATA)).contains("place_oid", "null");
    assertThat(given.head().edition()).isZero();
  }

  @Test
  void whatIsMissingIsNamedWithWhatToDo() throws SQLException {
    sql("CREATE TABLE lacking (place_oid int8)");
    sql("GRANT SELECT ON lacking TO reader");
    sql("CREATE TABLE closed (place_oid int8, place text)");

    assertThat(given("reflack", "nowhere", Shop.places()).failed(FailureKind.SETUP))
        .contains("nowhere", "reference load places");
    assertThat(given("reflack", "lacking", Shop.places()).failed(FailureKind.SETUP))
        .contains("place_oid, place");
    assertThat(given("reflack", "closed", Shop.places()).failed(FailureKind.SETUP))
        .contains("grant SELECT");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamedWithoutThePassword() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + nobody + "/postgres";
    DataContract contract = Shop.of("refaway").contract();
    new ZoneTables(lake.catalog()).reference(contract, new TenantId("refaway"), Shop.places());
    PasswordReference password = new PasswordReference("file:" + folder.resolve("password"));

    JobOutcome outcome =
        job(
                "refaway",
                contract,
                Shop.places(),
                new ReferenceSource(url, "reader", password, "x"),
                ReferenceSize.USUAL)
            .run();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            JobOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.TRANSIENT);
              assertThat(failed.what()).contains(url, "reader", "08001").doesNotContain(SECRET);
            });
  }

  @Test
  void aPasswordInTheAddressIsRefused() {
    assertThatThrownBy(
            () ->
                new ReferenceSource(
                    "jdbc:postgresql://h/db?password=x", "u", new PasswordReference("env:X"), "t"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new ReferenceSource(
                    "jdbc:postgresql://h/db", "u", new PasswordReference("env:X"), "t; drop"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Given given(String tenant, String table, ReferenceTable reference) {
    return given(tenant, table, reference, ReferenceSize.USUAL);
  }

  private Given given(String tenant, String table, ReferenceTable reference, ReferenceSize size) {
    DataContract contract = Shop.of(tenant).contract();
    new ZoneTables(lake.catalog()).reference(contract, new TenantId(tenant), reference);
    return new Given(
        job(tenant, contract, reference, source(table), size),
        tenant + "_reference." + reference.name());
  }

  private RefreshReference job(
      String tenant,
      DataContract contract,
      ReferenceTable reference,
      ReferenceSource source,
      ReferenceSize size) {
    return new RefreshReference(
        lake,
        source,
        reference,
        contract,
        new TenantId(tenant),
        new RunContext("r1", "test", Instant.EPOCH),
        size);
  }

  private static ReferenceSource source(String table) {
    return new ReferenceSource(
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
        "reader",
        new PasswordReference("file:" + folder.resolve("password")),
        table);
  }

  private final class Given {
    private final RefreshReference job;
    private final String table;

    Given(RefreshReference job, String table) {
      this.job = job;
      this.table = table;
    }

    RefreshReference job() {
      return job;
    }

    JobOutcome refresh() {
      return job.run();
    }

    Touched touchedSince(long edition) {
      return Heads.touchedSince(lake.table(table), edition);
    }

    Head head() {
      return lake.head(table);
    }

    String failed(FailureKind kind) {
      JobOutcome outcome = refresh();
      assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
      assertThat(((JobOutcome.Failed) outcome).kind()).isEqualTo(kind);
      return ((JobOutcome.Failed) outcome).what();
    }

    List<String> rows() {
      return lake.read(table).drop(Lake.EDITION).collectAsList().stream()
          .map(Row::toString)
          .sorted()
          .toList();
    }
  }

  private static ReferenceTable reference(ReferenceTable.Column... columns) {
    return new ReferenceTable("things", List.of(columns), List.of("id"));
  }

  private static ReferenceTable.Column column(String name, ColumnType type) {
    return new ReferenceTable.Column(name, type, false, Classification.OPEN);
  }

  private static void sql(String text) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
