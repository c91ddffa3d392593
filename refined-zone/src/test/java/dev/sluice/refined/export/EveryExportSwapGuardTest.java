package dev.sluice.refined.export;

import static dev.sluice.refined.export.ExportHole.PAIR;
import static dev.sluice.refined.export.ExportHole.published;
import static dev.sluice.refined.export.ExportHole.ran;

import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.CrashingObserver;
import dev.sluice.refined.export.fixture.CrashingObserver.Crash;
import dev.sluice.refined.export.fixture.Exporting;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each guard of how an export arrives against what it is there for, in force and left out. */
class EveryExportSwapGuardTest {
  private static final GuardTable TABLE = new GuardTable("how an export arrives");
  private static final String LATER =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'anna', 7), (DATE'2026-01-01', 'north', 'ben', 8)
      """;

  @TempDir Path scratch;

  static Stream<ExportHole> holes() {
    return Stream.of(
        new ExportHole(
            "columns are known by field id",
            ExportWithout::fieldIds,
            () -> published(AProduct.sightings(), PAIR),
            EveryExportSwapGuardTest::anotherFieldOfThatName,
            "Failed [2026-01-01|north|1, 2026-01-01|north|2]",
            "Done [2026-01-01|north|7, 2026-01-01|north|8]",
            "a column left that took over an allowed name"),
        new ExportHole(
            "the file is read again before it leaves",
            ExportWithout::lookingAtTheFile,
            () -> published(AProduct.sightings(), PAIR),
            EveryExportSwapGuardTest::fileWithAColumnTooMany,
            "ExportWentWrong, 0 bytes sent",
            "Done, bytes with the watchers sent",
            "a column left the house that nobody allowed"),
        new ExportHole(
            "staging is verified before the swap",
            ExportWithout::verifyingStaging,
            () -> published(AProduct.sightings(), PAIR),
            (export, scratch) -> changedAt("afterLoad", export),
            "ExportWentWrong []",
            "ExportWentWrong [2026-01-01|north|101, 2026-01-01|north|102]",
            "analysts see rows that nobody sent"),
        new ExportHole(
            "the target is verified after the swap",
            ExportWithout::verifyingTarget,
            () -> published(AProduct.sightings(), PAIR),
            (export, scratch) -> changedAt("afterSwap", export),
            "ExportWentWrong [2026-01-01|north|101, 2026-01-01|north|102]",
            "Done [2026-01-01|north|101, 2026-01-01|north|102]",
            "success is reported over wrong rows"),
        new ExportHole(
            "the head is compared in the swap",
            ExportWithout::comparingTheHead,
            () -> published(AProduct.sightings(), PAIR),
            EveryExportSwapGuardTest::slowerThanAnother,
            "Busy [2026-01-01|north|7, 2026-01-01|north|8]",
            "[2026-01-01|north|1, 2026-01-01|north|2]",
            "older rows replaced newer ones"),
        new ExportHole(
            "job ids come from what is sent",
            ExportWithout::steadyJobIds,
            () -> published(AProduct.sightings(), PAIR),
            EveryExportSwapGuardTest::killedAfterTheLoad,
            "Done, sent 1 times",
            "Done, sent 2 times",
            "the same bytes left twice"));
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

  private static String anotherFieldOfThatName(Exporting export, Path scratch) {
    export.run();
    export.query(
        "UPDATE "
            + export.table().tenant()
            + "_ops._export_head SET exported_columns = REPLACE(exported_columns, '\"place\":\"',"
            + " '\"place\":\"9') WHERE true");
    export.table().publish(LATER, "2026-01-01");
    return ran(export);
  }

  private static String fileWithAColumnTooMany(Exporting export, Path scratch) {
    Path folder = scratch.resolve("other" + System.nanoTime());
    export
        .table()
        .lake()
        .read(export.table().name())
        .select("day", "place", "seen", "watcher")
        .coalesce(1)
        .write()
        .option("compression", "zstd")
        .parquet(folder.toUri().toString());
    Path other = folder.toFile().listFiles((at, name) -> name.startsWith("part-"))[0].toPath();
    String outcome;
    try (WithoutGuard unused = ExportWithout.fileAsAsked(other)) {
      outcome = ran(export).split(" ", 2)[0];
    }
    long sent = export.budget().sent();
    return outcome
        + (sent == other.toFile().length() ? ", bytes with the watchers" : ", " + sent + " bytes")
        + " sent";
  }

  /** Somebody changes the rows in BigQuery behind the export's back. */
  private static String changedAt(String moment, Exporting export) {
    CrashingObserver.doOnceAt(
        moment,
        export.table().name(),
        () -> {
          String where =
              moment.equals("afterLoad")
                  ? export.table().tenant() + "_ops." + export.staging().get(0)
                  : export.table().tenant() + "_refined." + export.table().product().name();
          export.query("UPDATE " + where + " SET seen = seen + 100 WHERE true");
        });
    return ran(export);
  }

  private static String slowerThanAnother(Exporting export, Path scratch) {
    CrashingObserver.doOnceAt(
        "beforeSwap",
        export.table().name(),
        () -> {
          export.table().publish(LATER, "2026-01-01");
          export.run();
        });
    try (WithoutGuard unused = ExportWithout.cleaningUp()) {
      return ran(export);
    }
  }

  private static String killedAfterTheLoad(Exporting export, Path scratch) {
    CrashingObserver.crashOnceAt("afterLoad", export.table().name());
    try {
      export.run();
    } catch (Crash e) {
      // the next run takes over
    }
    String outcome = export.run().getClass().getSimpleName();
    return outcome + ", sent " + export.budget().grants() + " times";
  }
}
