package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.JobOutcome.Done;
import dev.sluice.catalog.run.JobOutcome.NothingToDo;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportRefinedToBigQueryTest {
  private static final String TWO_DAYS =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 1),
        (DATE'2026-01-01', 'north', 'tok_b', 2),
        (DATE'2026-01-01', 'south', 'tok_a', 9),
        (DATE'2026-01-02', 'north', 'tok_a', 3),
        (DATE'2026-01-02', 'north', 'tok_c', 4)
      """;

  @TempDir Path scratch;

  @Test
  void rowsBehindWhomEnoughStandArriveWithoutTheSubject() {
    RefinedTable table = RefinedTable.of(AProduct.sightings());
    table.publish(TWO_DAYS, "2026-01-01", "2026-01-02");
    Exporting export = Exporting.of(table, scratch);

    StepFigures figures = done(export.run());

    assertThat(export.rows("*"))
        .containsExactly(
            "2026-01-01|north|1", "2026-01-01|north|2", "2026-01-02|north|3", "2026-01-02|north|4");
    assertThat(figures.balances()).isTrue();
    assertThat(figures.taken()).isEqualTo(5);
    assertThat(figures.published()).isEqualTo(4);
    assertThat(figures.reasons()).containsEntry("K_ANONYMITY", 1L).hasSize(1);
    assertThat(figures.notes())
        .containsEntry("partitions", 2L)
        .containsEntry("classes", 2L)
        .containsEntry("smallestClass", 2L)
        .containsEntry("rowsInTable", 4L);
    assertThat(figures.notes().get("bytes")).isEqualTo(export.budget().sent()).isPositive();
  }

  @Test
  void secondExportOfTheSameSendsNothing() {
    RefinedTable table = RefinedTable.of(AProduct.sightings());
    table.publish(TWO_DAYS, "2026-01-01", "2026-01-02");
    Exporting export = Exporting.of(table, scratch);
    export.run();
    long sent = export.budget().sent();

    JobOutcome second = export.run();

    assertThat(second).isInstanceOf(NothingToDo.class);
    assertThat(export.budget().sent()).isEqualTo(sent);
    assertThat(export.ledger("export_no")).containsExactly("1");
  }

  static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    return ((Done) outcome).figures();
  }
}
