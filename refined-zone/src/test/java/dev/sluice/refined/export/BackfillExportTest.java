package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.JobOutcome.NothingToDo;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillExportTest {
  private static final String THREE_DAYS =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 1),
        (DATE'2026-01-01', 'north', 'tok_b', 2),
        (DATE'2026-01-02', 'north', 'tok_a', 3),
        (DATE'2026-01-02', 'north', 'tok_c', 4),
        (DATE'2026-01-03', 'north', 'tok_a', 5),
        (DATE'2026-01-03', 'north', 'tok_c', 6)
      """;
  private static final SendAgain FIRST_TWO = again(false, "2026-01-01", "2026-01-02");

  @TempDir Path scratch;

  @Test
  void forcedPartitionsLeaveAgainByTheOrdinaryProtocol() {
    Exporting export = exported(AProduct.sightings());
    List<String> before = export.rows("*");

    StepFigures figures = done(send(export, FIRST_TWO));

    assertThat(figures.taken()).isEqualTo(4);
    assertThat(figures.notes()).containsEntry("partitions", 2L).containsEntry("exportNo", 2L);
    assertThat(export.rows("*")).isEqualTo(before);
    assertThat(export.ledger("export_no, row_cnt")).containsExactly("1|6", "2|4");
    assertThat(export.run()).isInstanceOf(NothingToDo.class);
  }

  @Test
  void withoutAMappingAllOfTheTableIsSent() {
    Exporting export = exported(AProduct.sightings());

    StepFigures figures = done(send(export, new SendAgain(Optional.empty(), false)));

    assertThat(figures.taken()).isEqualTo(6);
  }

  @Test
  void onlyWhatBigQueryLacksIsSentToFillGaps() {
    Exporting export = exported(AProduct.sightings());
    List<String> before = export.rows("*");
    export.query(
        "DELETE FROM "
            + export.table().tenant()
            + "_refined."
            + export.table().product().name()
            + " WHERE day = DATE '2026-01-02'");
    SendAgain gaps = again(true, "2026-01-01", "2026-01-02", "2026-01-03");

    StepFigures figures = done(send(export, gaps));

    assertThat(figures.taken()).isEqualTo(2);
    assertThat(export.rows("*")).isEqualTo(before);
    assertThat(send(export, gaps)).isInstanceOf(NothingToDo.class);
  }

  @Test
  void whatTheGateKeepsBackIsNoGapForEver() {
    RefinedTable table = RefinedTable.of(AProduct.sightings());
    table.publish(THREE_DAYS.replace("tok_c', 6", "tok_a', 6"), "2026-01-01");
    Exporting export = Exporting.of(table, scratch);
    JobOutcome first = export.run();
    long exports = export.ledger("export_no").size();

    JobOutcome again = send(export, new SendAgain(Optional.empty(), true));

    assertThat(first).isInstanceOf(JobOutcome.Done.class);
    assertThat(again).isInstanceOf(NothingToDo.class);
    assertThat(export.ledger("export_no")).hasSize((int) exports);
  }

  @Test
  void anOpenPartitionIsNotForcedOut() {
    Exporting export = exported(AProduct.sightings().holdOpen(Duration.ofDays(36_500)));

    assertThat(send(export, FIRST_TWO)).isInstanceOf(NothingToDo.class);
    assertThat(export.rows("*")).isEmpty();
  }

  @Test
  void theGateStandsBeforeWhatIsForced() {
    Exporting export = exported(AProduct.sightings());
    Exporting strict = export.of(export.table().with(AProduct.sightings().k(3).maxSuppressed(0.1)));

    JobOutcome.Blocked blocked = (JobOutcome.Blocked) send(strict, FIRST_TWO);

    assertThat(blocked.figures().published()).isZero();
    assertThat(blocked.results())
        .contains(new RuleResult("export.suppressed-share", 1, "<= 0.1", false, true));
    assertThat(export.rows("*")).as("none of it may be there").isEmpty();
    assertThat(((NothingToDo) strict.run()).why())
        .contains("3 partitions with 6 rows are withheld");
  }

  private Exporting exported(AProduct product) {
    RefinedTable table = RefinedTable.of(product);
    table.publish(THREE_DAYS, "2026-01-01", "2026-01-02", "2026-01-03");
    Exporting export = Exporting.of(table, scratch);
    assertThat(export.run()).isInstanceOf(JobOutcome.Done.class);
    return export;
  }

  private static JobOutcome send(Exporting export, SendAgain again) {
    return export.job(RefinedTable.newRun()).sending(again).run();
  }

  private static SendAgain again(boolean onlyMissing, String... partitions) {
    return new SendAgain(Optional.of(new TreeSet<>(List.of(partitions))), onlyMissing);
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures();
  }
}
