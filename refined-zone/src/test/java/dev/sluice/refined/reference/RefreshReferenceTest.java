package dev.sluice.refined.reference;

import static dev.sluice.refined.reference.ReferencePostgres.column;
import static dev.sluice.refined.reference.ReferencePostgres.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.tables.PasswordReference;
import dev.sluice.catalog.tables.ZoneTables;
import dev.sluice.refined.fixture.Shop;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshReferenceTest {
  @TempDir static Path folder;
  private static ReferencePostgres postgres;
  private final Lake lake = SharedLake.lake();

  @BeforeAll
  static void start() throws IOException, SQLException {
    postgres = ReferencePostgres.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void newContentIsANewVersionAndEqualContentIsNone() throws SQLException {
    postgres.sql("CREATE TABLE versions (place text NOT NULL, place_oid int8, more int)");
    postgres.sql("INSERT INTO versions VALUES ('north', 1, 7), ('south', 2, 7)");
    postgres.sql("GRANT SELECT ON versions TO reader");
    ReferencePostgres.Given given = postgres.given("refversion", "versions", Shop.places());

    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.head().edition()).isEqualTo(1);
    assertThat(given.head().lanes().at(Lane.ofReference("places"))).isEqualTo(1);
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);

    postgres.sql("DELETE FROM versions WHERE place_oid = 1");
    postgres.sql("INSERT INTO versions VALUES ('north', 1, 8)"); // other order, other unread column
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(given.job().plan().nothingToDo()).isTrue();

    postgres.sql("UPDATE versions SET place = 'North' WHERE place_oid = 1");
    assertThat(given.job().plan().nothingToDo()).isFalse();
    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.head().lanes().at(Lane.ofReference("places"))).isEqualTo(2);
    assertThat(given.rows()).containsExactly("[1,North]", "[2,south]");

    postgres.sql("DELETE FROM versions");
    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.rows()).isEmpty();
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
    postgres.sql(
        "CREATE TABLE typed (id int2, big int4, price numeric, ratio float8, yes bool, day date,"
            + " at timestamptz, local timestamp, word varchar(9))");
    postgres.sql(
        "INSERT INTO typed VALUES (1, 2, 12345678.9, 0.1, true, '1890-01-02',"
            + " '2026-03-29 02:30:00.123456+02', '2026-03-29 02:30:00', 'x'), (2, null, null, null,"
            + " null, null, null, null, null)");
    postgres.sql("GRANT SELECT ON typed TO reader");
    ReferencePostgres.Given given = postgres.given("reftypes", "typed", reference);

    assertThat(given.refresh()).isInstanceOf(JobOutcome.Done.class);
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);

    assertThat(given.rows())
        .containsExactly(
            "[1,2,12345678.90,0.1,true,1890-01-02,2026-03-29 00:30:00.123456,2026-03-29T02:30,x]",
            "[2,null,null,null,null,null,null,null,null]");
  }

  @Test
  void whatDoesNotFitIsRefusedAndNotRounded() throws SQLException {
    postgres.sql("CREATE TABLE rounded (id int8, price numeric)");
    postgres.sql("INSERT INTO rounded VALUES (1, 1.005)");
    postgres.sql("GRANT SELECT ON rounded TO reader");
    ReferenceTable reference =
        reference(column("id", Simple.BIGINT), column("price", new ColumnType.Decimal(10, 2)));

    assertThat(postgres.given("refround", "rounded", reference).failed(FailureKind.DATA))
        .contains("price", "decimal(10,2)")
        .doesNotContain("1.005");
    postgres.sql("UPDATE rounded SET price = 'NaN'");
    assertThat(postgres.given("refround", "rounded", reference).failed(FailureKind.DATA))
        .contains("price");
    assertThat(
            postgres
                .given("refkind", "rounded", reference(column("id", Simple.INT)))
                .failed(FailureKind.SETUP))
        .contains("id is declared int and is int8");
  }

  @Test
  void keysMustBeThereAndOnce() throws SQLException {
    postgres.sql("CREATE TABLE keys (place_oid int8, place text)");
    postgres.sql("GRANT SELECT ON keys TO reader");
    ReferencePostgres.Given given = postgres.given("refkeys", "keys", Shop.places());

    postgres.sql("INSERT INTO keys VALUES (1, 'secret-a'), (1, 'secret-b')");
    assertThat(given.failed(FailureKind.DATA))
        .contains("1 rows repeat", "GROUP BY place_oid")
        .doesNotContain("secret");
    postgres.sql("DELETE FROM keys");
    postgres.sql("INSERT INTO keys VALUES (null, 'secret-a')");
    assertThat(given.failed(FailureKind.DATA)).contains("place_oid", "null");
    assertThat(given.head().edition()).isZero();
  }

  @Test
  void whatIsMissingIsNamedWithWhatToDo() throws SQLException {
    postgres.sql("CREATE TABLE lacking (place_oid int8)");
    postgres.sql("GRANT SELECT ON lacking TO reader");
    postgres.sql("CREATE TABLE closed (place_oid int8, place text)");

    assertThat(postgres.given("reflack", "nowhere", Shop.places()).failed(FailureKind.SETUP))
        .contains("nowhere", "reference load places");
    assertThat(postgres.given("reflack", "lacking", Shop.places()).failed(FailureKind.SETUP))
        .contains("place_oid, place");
    assertThat(postgres.given("reflack", "closed", Shop.places()).failed(FailureKind.SETUP))
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
        postgres
            .job(
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
              assertThat(failed.what())
                  .contains(url, "reader", "08001")
                  .doesNotContain(ReferencePostgres.SECRET);
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
}
