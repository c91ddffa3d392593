package dev.sluice.refined.reference;

import static dev.sluice.refined.reference.ReferencePostgres.column;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.refined.fixture.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a version of reference data remembers, and how large tables are read. */
class ReferenceVersionsTest {
  @TempDir static Path folder;
  private static ReferencePostgres postgres;

  @BeforeAll
  static void start() throws IOException, SQLException {
    postgres = ReferencePostgres.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void aVersionSaysWhichKeysCameChangedAndWent() throws SQLException {
    postgres.sql("CREATE TABLE keyed (place text NOT NULL, place_oid int8)");
    postgres.sql("INSERT INTO keyed SELECT 'p' || i, i FROM generate_series(1, 5) i");
    postgres.sql("GRANT SELECT ON keyed TO reader");
    ReferencePostgres.Given given = postgres.given("refkeyed", "keyed", Shop.places());
    given.refresh();
    assertThat(given.touchedSince(0)).isEqualTo(Touched.NOTHING);

    postgres.sql("UPDATE keyed SET place = 'other' WHERE place_oid = 2");
    postgres.sql("DELETE FROM keyed WHERE place_oid = 3");
    postgres.sql("INSERT INTO keyed VALUES ('new', -7)");
    given.refresh();
    postgres.sql("UPDATE keyed SET place_oid = 6 WHERE place_oid = 5");
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
    postgres.sql("CREATE TABLE " + table + " (" + column + ", place text)");
    postgres.sql(
        "INSERT INTO " + table + " SELECT " + key + ", 'p' || i FROM generate_series(1, 997) i");
    postgres.sql("GRANT SELECT ON " + table + " TO reader");
    ReferencePostgres.Given given =
        postgres.given(
            table.replace("_", ""), table, Shop.places(), new ReferenceSize(100, 90, 5000));

    StepFigures figures = ((JobOutcome.Done) given.refresh()).figures();

    assertThat(figures.notes()).containsEntry("parts", 12L);
    assertThat(figures.published()).isEqualTo(997);
    assertThat(given.rows()).hasSize(997).doesNotHaveDuplicates();
    assertThat(given.refresh()).isInstanceOf(JobOutcome.NothingToDo.class);
    postgres.sql("UPDATE " + table + " SET place = 'x' WHERE place = 'p7'");
    given.refresh();
    assertThat(given.touchedSince(1).partitions()).hasSize(1);
    postgres.sql("INSERT INTO " + table + " SELECT * FROM " + table + " LIMIT 2");
    assertThat(given.failed(FailureKind.DATA)).contains("2 rows repeat");
    postgres.sql("UPDATE " + table + " SET place_oid = null WHERE place = 'p9'");
    assertThat(given.failed(FailureKind.DATA)).contains("place_oid", "null");
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
    postgres.sql("CREATE TABLE words (word text, at timestamptz, day date, price numeric)");
    postgres.sql(
        "INSERT INTO words SELECT 'w''~' || i, '2026-03-01 00:00:00.000001Z'::timestamptz,"
            + " '1890-01-02'::date + i, i / 4.0 FROM generate_series(1, 40) i");
    postgres.sql("GRANT SELECT ON words TO reader");
    ReferencePostgres.Given inParts =
        postgres.given("refwords", "words", reference, new ReferenceSize(10, 8, 5000));
    ReferencePostgres.Given atOnce = postgres.given("refwordsonce", "words", reference);

    inParts.refresh();
    atOnce.refresh();
    assertThat(inParts.rows()).hasSize(40).isEqualTo(atOnce.rows());

    postgres.sql("UPDATE words SET at = null WHERE word = 'w''~7'");
    inParts.refresh();
    assertThat(inParts.touchedSince(1).partitions()).containsExactly("[\"w'~7\",\"1890-01-09\"]");
    assertThat(
            postgres
                .given("refwordsmost", "words", reference, new ReferenceSize(10, 8, 39))
                .failed(FailureKind.DATA))
        .contains("more than 39 rows");
    postgres.sql("ALTER TABLE words ALTER price TYPE float8");
    assertThat(inParts.failed(FailureKind.SETUP)).contains("price is declared decimal(10,2)");
  }
}
