package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportDifferencesTest {
  private static final String FIRST = cells(7, 70);
  private static final String ONE_MORE = cells(8, 95);
  private static final String OTHER_VALUE = cells(7, 95);
  private static final String MANY_MORE = cells(12, 130);
  private static final String ONE_MORE_BESIDE_TOO_FEW =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 140, 13),
        (DATE'2026-01-01', 'south', 1, 1),
        (DATE'2026-01-01', 'west', 1, 1)
      """;

  @TempDir Path scratch;

  @Test
  void withoutTheGateTwoReleasesTellWhatOneWatcherSaw() {
    Exporting export = of(product());
    export.run();
    export.table().publish(ONE_MORE, "2026-01-01");

    export.run();

    assertThat(export.rows("*")).contains("2026-01-01|north|95|8"); // 95 - 70 is one watcher's
  }

  @Test
  void partitionThatDiffersByFewWaitsUntilMoreCame() {
    Exporting export = of(product().holdDifferences());
    assertThat(export.run()).isInstanceOf(JobOutcome.Done.class);
    export.table().publish(ONE_MORE, "2026-01-01");
    export.table().publish("SELECT DATE'2026-01-03', 'north', 50, 6", "2026-01-03");

    JobOutcome.Done done = (JobOutcome.Done) export.run();

    assertThat(export.rows("*"))
        .containsExactly(
            "2026-01-01|north|70|7",
            "2026-01-01|south|60|9",
            "2026-01-02|north|50|6",
            "2026-01-03|north|50|6");
    assertThat(done.figures().balances()).isTrue();
    assertThat(export.ledger("export_no, pending")).containsExactly("1|[]", "2|[\"2026-01-01\"]");
    assertThat(export.run()).isInstanceOf(JobOutcome.NothingToDo.class);

    export.query(
        "UPDATE "
            + export.table().tenant()
            + "_ops._export_ledger SET gate = REPLACE(gate, '\"policy\":', '\"unknown\":') WHERE true");
    assertThat(export.run()).isInstanceOf(JobOutcome.Done.class);
    assertThat(export.rows("*"))
        .as("held by an earlier version, which did not say under which policy")
        .contains("2026-01-01|north|70|7")
        .hasSize(4);
    assertThat(export.ledger("export_no, pending")).contains("3|[\"2026-01-01\"]");

    export.table().publish(OTHER_VALUE, "2026-01-01");
    export.run();
    assertThat(export.rows("*")).contains("2026-01-01|north|70|7");

    export.table().publish(MANY_MORE, "2026-01-01");
    export.run();
    assertThat(export.rows("*")).contains("2026-01-01|north|130|12");
    assertThat(export.ledger("export_no, pending")).contains("5|[]");

    export.table().publish(ONE_MORE_BESIDE_TOO_FEW, "2026-01-01");
    assertThat(export.run()).isInstanceOf(JobOutcome.Blocked.class);
    assertThat(export.rows("*"))
        .as("over the cap, so nothing of it stays, however little it differs")
        .containsExactly("2026-01-02|north|50|6", "2026-01-03|north|50|6");
  }

  @Test
  void partitionThatIsWrittenAgainWithTheSameCellsLeaves() {
    Exporting export = of(product().holdDifferences());
    export.run();
    export.table().publish(FIRST, "2026-01-01");

    export.run();

    assertThat(export.ledger("export_no, pending")).containsExactly("1|[]", "2|[]");
  }

  private static AProduct product() {
    return AProduct.cells(
            "places",
            "SELECT day, place, seen, count(DISTINCT watcher) AS watchers FROM sightings"
                + " GROUP BY day, place, seen")
        .k(5)
        .leaves("day", Simple.DATE, Classification.QUASI)
        .leaves("place", Simple.STRING, Classification.QUASI)
        .leaves("seen", Simple.BIGINT, Classification.OPEN)
        .telling();
  }

  private static String cells(int watchers, int seen) {
    return "SELECT * FROM VALUES ("
        + "DATE'2026-01-01', 'north', "
        + seen
        + ", "
        + watchers
        + "), (DATE'2026-01-01', 'south', 60, 9)";
  }

  private Exporting of(AProduct product) {
    RefinedTable table = RefinedTable.of(product);
    table.publish(FIRST + ", (DATE'2026-01-02', 'north', 50, 6)", "2026-01-01", "2026-01-02");
    return Exporting.of(table, scratch);
  }
}
