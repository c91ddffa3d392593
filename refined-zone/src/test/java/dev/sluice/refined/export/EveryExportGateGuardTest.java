package dev.sluice.refined.export;

import static dev.sluice.refined.export.ExportHole.PAIR;
import static dev.sluice.refined.export.ExportHole.published;
import static dev.sluice.refined.export.ExportHole.ran;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.refined.export.fixture.AProduct;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each guard of what may leave against the misuse it is there for, in force and left out. */
class EveryExportGateGuardTest {
  private static final GuardTable TABLE = new GuardTable("what may leave");
  private static final String ONE_ALONE =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'anna', 1), (DATE'2026-01-01', 'north', 'ben', 2),
        (DATE'2026-01-01', 'south', 'anna', 3)
      """;

  private static final String CELLS =
      "SELECT count(DISTINCT watcher) AS watchers, day, seen FROM sightings GROUP BY day, seen";

  @TempDir Path scratch;

  static Stream<ExportHole> holes() {
    return Stream.of(
        simple(
            "personal columns do not leave",
            ExportWithout::classesOfColumns,
            AProduct.sightings()
                .sql("SELECT day, place, place AS watcher, seen FROM sightings")
                .allowing("day", "place", "watcher", "seen"),
            PAIR,
            "Failed []",
            "Done [2026-01-01|north|anna|1, 2026-01-01|north|ben|2]",
            "names of persons in BigQuery"),
        simple(
            "what is made from a token does not leave",
            ExportWithout::followingTokens,
            AProduct.sightings()
                .sql("SELECT day, place, watcher, xxhash64(watcher) AS seen FROM sightings"),
            PAIR,
            "Failed []",
            "Done [2026-01-01|north|1, 2026-01-01|north|2]",
            "hashes of tokens in BigQuery"),
        simple(
            "k subjects behind a class",
            ExportWithout::k,
            AProduct.sightings(),
            ONE_ALONE,
            "Done [2026-01-01|north|1, 2026-01-01|north|2]",
            "Done [2026-01-01|north|1, 2026-01-01|north|2, 2026-01-01|south|3]",
            "a row that one person stands behind"),
        simple(
            "l values in a class",
            ExportWithout::l,
            AProduct.sightings().sensitive(2, "seen"),
            PAIR.replace("'ben', 2", "'ben', 1"),
            "Blocked []",
            "Done [2026-01-01|north|1, 2026-01-01|north|1]",
            "a class that tells the value of its members"),
        simple(
            "k contributors behind a cell",
            ExportWithout::k,
            cells(),
            "SELECT * FROM VALUES (2, DATE'2026-01-01', 10), (1, DATE'2026-01-01', 11)",
            "Done [2026-01-01|10]",
            "Done [2026-01-01|10, 2026-01-01|11]",
            "a cell of one contributor"),
        simple(
            "share that may be suppressed",
            ExportWithout::limitOfSuppression,
            AProduct.sightings().maxSuppressed(0.1),
            ONE_ALONE,
            "Blocked []",
            "Done [2026-01-01|north|1, 2026-01-01|north|2]",
            "a product that misleads for what it lacks"),
        simple(
            "texts are scanned",
            ExportWithout::textScan,
            AProduct.sightings(),
            PAIR.replace("north", "psn_AAAAAAAAAAAAAAAAAAAAAA"),
            "Blocked []",
            "Done [2026-01-01|psn_AAAAAAAAAAAAAAAAAAAAAA|1,"
                + " 2026-01-01|psn_AAAAAAAAAAAAAAAAAAAAAA|2]",
            "a pseudonym in a text"),
        simple(
            "budget before bytes leave",
            ExportWithout::budget,
            AProduct.sightings().maxBytesPerDay(100),
            PAIR,
            "Failed []",
            "Done [2026-01-01|north|1, 2026-01-01|north|2]",
            "more bytes left than the contract allows"),
        simple(
            "partitions stay until their window closes",
            ExportWithout::windowsHeldOpen,
            AProduct.sightings().holdOpen(Duration.ofDays(36_500)),
            PAIR,
            "Done []",
            "Done [2026-01-01|north|1, 2026-01-01|north|2]",
            "rows left that late events may still change"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holes")
  void holdsAndIsNeeded(ExportHole hole) {
    hole.show(TABLE, scratch);
  }

  @AfterAll
  static void printTheTable() {
    TABLE.print();
  }

  private static ExportHole simple(
      String guard,
      Supplier<WithoutGuard> off,
      AProduct product,
      String rows,
      String held,
      String harm,
      String damage) {
    return new ExportHole(
        guard,
        off,
        () -> published(product, rows),
        (export, scratch) -> ran(export),
        held,
        harm,
        damage);
  }

  private static AProduct cells() {
    return AProduct.cells("cells", CELLS)
        .leaves("day", Simple.DATE, Classification.QUASI)
        .leaves("seen", Simple.BIGINT, Classification.OPEN);
  }
}
