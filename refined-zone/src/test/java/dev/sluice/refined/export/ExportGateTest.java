package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.JobOutcome.Blocked;
import dev.sluice.catalog.run.JobOutcome.Failed;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportGateTest {
  private static final String HALF_ALONE =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 1),
        (DATE'2026-01-01', 'north', 'tok_b', 2),
        (DATE'2026-01-01', 'south', 'tok_a', 3),
        (DATE'2026-01-01', 'west', 'tok_a', 4)
      """;

  private static final String PAIR =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 1),
        (DATE'2026-01-01', 'north', 'tok_b', 2)
      """;
  private static final String THIN =
      PAIR
          + """
          , (DATE'2026-01-01', 'south', 'tok_a', 3)
          , (DATE'2026-01-01', 'west', 'tok_a', 4)
          , (DATE'2026-01-01', 'east', 'tok_a', 5)
          """;

  @TempDir Path scratch;

  @Test
  void tooMuchSuppressedStopsTheExport() {
    Exporting export = of(AProduct.sightings().maxSuppressed(0.4), HALF_ALONE);

    JobOutcome outcome = export.run();

    Blocked blocked = (Blocked) outcome;
    assertThat(blocked.results())
        .filteredOn(result -> !result.held())
        .extracting(RuleResult::rule, RuleResult::measured)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("export.suppressed-share", 0.5));
    assertThat(blocked.figures().balances()).isTrue();
    assertThat(blocked.figures().published()).isZero();
    assertThat(blocked.figures().reasons())
        .containsEntry("K_ANONYMITY", 2L)
        .containsEntry("GATE_FAILED", 2L);
    nothingLeft(export);
  }

  @Test
  void partitionOfWhichTooMuchIsSuppressedIsWithheldAndTheOthersLeave() {
    Exporting export = of(AProduct.sightings(), PAIR + ", (DATE'2026-01-01', 'south', 'tok_a', 3)");
    export.table().publish(PAIR.replace("01-01", "01-02"), "2026-01-02");
    export.run();
    assertThat(export.rows("*")).hasSize(4);
    export.table().publish(THIN, "2026-01-01");
    export.table().publish("SELECT DATE'2026-01-03', 'north', 'tok_a', 9", "2026-01-03");

    JobOutcome.Done some = (JobOutcome.Done) export.run();

    assertThat(export.rows("*")).containsExactly("2026-01-02|north|1", "2026-01-02|north|2");
    assertThat(some.figures().balances()).isTrue();
    assertThat(some.figures().reasons())
        .containsEntry("K_ANONYMITY", 4L)
        .containsEntry("GATE_FAILED", 2L);
    assertThat(some.figures().notes())
        .containsEntry("partitions", 1L)
        .containsEntry("partitionsWithheld", 1L);
    assertThat(export.ledger("pending")).containsExactly("[\"2026-01-01\"]", "[]");
    assertThat(((JobOutcome.NothingToDo) export.run()).why())
        .contains("1 partitions with 5 rows are withheld");
    assertThat(export.job(RefinedTable.newRun()).plan().lines())
        .as("without news it is not judged again")
        .contains("nothing would leave")
        .noneMatch(line -> line.startsWith("gate"));

    export.table().publish(THIN.replace("01-01", "01-02"), "2026-01-02");
    assertThat(export.run()).isInstanceOf(Blocked.class);
    assertThat(export.rows("*")).as("what stands may be what is suppressed now").isEmpty();
    assertThat(export.run()).isInstanceOf(JobOutcome.NothingToDo.class);

    export.table().publish(PAIR, "2026-01-01");
    assertThat(export.run()).isInstanceOf(JobOutcome.Done.class);
    assertThat(export.rows("*")).containsExactly("2026-01-01|north|1", "2026-01-01|north|2");
  }

  @Test
  void pseudonymInTextThatNobodyDeclaredStopsTheExport() {
    Exporting export =
        of(
            AProduct.sightings().sql("SELECT day, place, watcher, seen FROM sightings"),
            HALF_ALONE.replace("'north'", "'psn_AAAAAAAAAAAAAAAAAAAAAA'"));

    Blocked blocked = (Blocked) export.run();

    assertThat(blocked.results())
        .filteredOn(result -> !result.held())
        .extracting(RuleResult::rule)
        .containsExactly("export.no-token-in.place");
    nothingLeft(export);
  }

  @Test
  void columnComputedFromTokenIsRefusedBeforeAnyRowIsRead() {
    Exporting export =
        of(
            AProduct.sightings()
                .sql("SELECT day, place, watcher, xxhash64(watcher) AS seen FROM sightings"),
            HALF_ALONE);

    Failed failed = (Failed) export.run();

    assertThat(failed.kind()).isEqualTo(FailureKind.SETUP);
    assertThat(failed.what()).contains("puts a token into the exported column seen");
    nothingLeft(export);
  }

  @Test
  void personalColumnIsRefused() {
    Exporting export =
        of(AProduct.sightings().allowing("day", "place", "watcher", "seen"), HALF_ALONE);

    Failed failed = (Failed) export.run();

    assertThat(failed.what()).contains("column watcher is PERSONAL");
    nothingLeft(export);
  }

  @Test
  void budgetThatIsTooSmallStopsTheExportBeforeAByteLeaves() {
    Exporting export = of(AProduct.sightings().maxBytesPerDay(100), HALF_ALONE);

    Failed failed = (Failed) export.run();

    assertThat(failed.kind()).isEqualTo(FailureKind.SETUP);
    assertThat(failed.what())
        .contains("maxBytesPerDay", "nothing was sent", "One partition alone")
        .doesNotContain("tomorrow");
    assertThat(export.budget().grants()).isZero();
    assertThat(export.rows("*")).isEmpty();
    assertThat(export.staging()).isEmpty();
  }

  @Test
  void exportLargerThanADayLeavesInPartsTheNewestFirst() {
    Exporting export = of(AProduct.sightings(), manyRowsOf("2026-01-01"));
    export.table().publish(manyRowsOf("2026-01-02"), "2026-01-02");
    export.table().publish(manyRowsOf("2026-01-03"), "2026-01-03");
    long bytes = ((JobOutcome.Done) export.run(on("2026-02-01"))).figures().notes().get("bytes");
    AProduct stricter = AProduct.sightings().maxSuppressed(0.4).maxBytesPerDay(bytes * 3 / 4);
    Exporting little = export.of(export.table().with(stricter));

    JobOutcome.Done some = (JobOutcome.Done) little.run(on("2026-02-02"));
    Failed sameDay = (Failed) little.run(on("2026-02-02"));

    assertThat(export.rows("DISTINCT day"))
        .as("what left under the other policy is gone, the newest is back")
        .containsExactly("2026-01-02", "2026-01-03");
    assertThat(some.figures().balances()).isTrue();
    assertThat(some.figures().reasons()).containsEntry("PENDING", 600L);
    assertThat(some.figures().notes().get("bytes")).isLessThanOrEqualTo(bytes * 3 / 4);
    assertThat(sameDay.what()).contains("Run again tomorrow");

    assertThat(little.run(on("2026-02-03"))).isInstanceOf(JobOutcome.Done.class);
    assertThat(export.rows("DISTINCT day")).hasSize(3);
    assertThat(little.run(on("2026-02-03"))).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aPartitionLargerThanADayKeepsNoOtherBack() {
    Exporting export = of(AProduct.sightings(), rowsOf(30, "2026-01-01"));
    export.table().publish(rowsOf(900, "2026-01-02"), "2026-01-02");
    long bytes = ((JobOutcome.Done) export.run(on("2026-02-01"))).figures().notes().get("bytes");
    AProduct stricter = AProduct.sightings().maxSuppressed(0.4).maxBytesPerDay(bytes / 2);
    Exporting little = export.of(export.table().with(stricter));

    JobOutcome.Done some = (JobOutcome.Done) little.run(on("2026-02-02"));
    Failed alone = (Failed) little.run(on("2026-02-03"));

    assertThat(export.rows("DISTINCT day")).containsExactly("2026-01-01");
    assertThat(some.figures().balances()).isTrue();
    assertThat(some.figures().reasons()).containsEntry("PENDING", 1_800L);
    assertThat(alone.what()).contains("One partition alone");
  }

  @Test
  void cellsBehindWhomTooFewStandAreSuppressed() {
    AProduct cells =
        AProduct.cells(
                "cells",
                "SELECT count(DISTINCT watcher) AS watchers, day, seen FROM sightings"
                    + " GROUP BY day, seen")
            .leaves("day", Simple.DATE, Classification.QUASI)
            .leaves("seen", Simple.BIGINT, Classification.OPEN);
    Exporting export =
        of(
            cells,
            """
            SELECT * FROM VALUES
              (2, DATE'2026-01-01', 10), (1, DATE'2026-01-01', 11), (NULL, DATE'2026-01-01', 12),
              (9, DATE'2026-01-01', 13)
            """);

    JobOutcome.Done done = (JobOutcome.Done) export.run();

    assertThat(export.rows("*")).containsExactly("2026-01-01|10", "2026-01-01|13");
    assertThat(done.figures().reasons()).containsEntry("SMALL_CELL", 2L).hasSize(1);
    assertThat(done.figures().notes()).containsEntry("smallestClass", 2L);
  }

  private static RunContext on(String day) {
    return new RunContext(RefinedTable.newRun().id(), "test", Instant.parse(day + "T12:00:00Z"));
  }

  private static String manyRowsOf(String day) {
    return rowsOf(300, day);
  }

  private static String rowsOf(int times, String day) {
    return "SELECT DATE'"
        + day
        + "', 'north', w, xxhash64(id, w, '"
        + day
        + "') FROM range("
        + times
        + "), VALUES ('tok_a'), ('tok_b') t(w)";
  }

  private static void nothingLeft(Exporting export) {
    assertThat(export.client().getDataset(export.table().tenant() + "_refined")).isNull();
    assertThat(export.budget().grants()).isZero();
  }

  private Exporting of(AProduct product, String rows) {
    RefinedTable table = RefinedTable.of(product);
    table.publish(rows, "2026-01-01");
    return Exporting.of(table, scratch);
  }
}
