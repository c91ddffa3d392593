package dev.sluice.refined.export;

import static dev.sluice.refined.export.ExportRefinedToBigQueryTest.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.TableId;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.JobOutcome.Failed;
import dev.sluice.catalog.run.JobOutcome.NothingToDo;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.refined.PartitionValues;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.CrashingObserver;
import dev.sluice.refined.export.fixture.CrashingObserver.Crash;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportChangesTest {
  private static final String TWO_DAYS =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 1),
        (DATE'2026-01-01', 'north', 'tok_b', 2),
        (DATE'2026-01-02', 'north', 'tok_a', 3),
        (DATE'2026-01-02', 'north', 'tok_c', 4)
      """;
  private static final String MORE_WATCHED =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-03', 'north', 'tok_a', 7),
        (DATE'2026-01-03', 'north', 'tok_b', 8),
        (DATE'2026-01-03', 'north', 'tok_c', 9)
      """;
  private static final String NOTHING = TWO_DAYS + " LIMIT 0";

  @TempDir Path scratch;

  @Test
  void onlyChangedPartitionsLeaveAgain() {
    Exporting export = of(AProduct.sightings());
    export.run();
    export
        .table()
        .publish(
            """
            SELECT * FROM VALUES
              (DATE'2026-01-02', 'south', 'tok_a', 5),
              (DATE'2026-01-02', 'south', 'tok_b', 6)
            """,
            "2026-01-02");

    StepFigures figures = done(export.run());

    assertThat(export.rows("*"))
        .containsExactly(
            "2026-01-01|north|1", "2026-01-01|north|2", "2026-01-02|south|5", "2026-01-02|south|6");
    assertThat(figures.taken()).isEqualTo(2);
    assertThat(figures.notes()).containsEntry("partitions", 1L).containsEntry("exportNo", 2L);

    export.table().publish("SELECT DATE'2026-01-03', 'north', 'tok_a', 9", "2026-01-03");
    StepFigures thin = done(export.run());
    assertThat(thin.published()).as("a day of one row beside others").isZero();
    assertThat(thin.notes()).containsEntry("partitionsWithheld", 0L);
    assertThat(export.rows("*")).hasSize(4);
  }

  @Test
  void emptiedPartitionDisappearsWithoutAByteLeaving() {
    Exporting export = of(AProduct.sightings());
    export.run();
    long sent = export.budget().sent();
    export.table().publish(NOTHING, "2026-01-01");

    StepFigures figures = done(export.run());

    assertThat(export.rows("*")).containsExactly("2026-01-02|north|3", "2026-01-02|north|4");
    assertThat(figures.taken()).isZero();
    assertThat(export.budget().sent()).isEqualTo(sent);
    assertThat(export.run()).isInstanceOf(NothingToDo.class);
  }

  @Test
  void rowsWithoutPartitionValueAreReplacedAndEmptiedToo() {
    Exporting export = of(AProduct.sightings());
    String undated =
        "SELECT CAST(NULL AS DATE), 'north', w, 1 FROM VALUES ('tok_a'), ('tok_b') t(w)";
    export.table().publish(undated, PartitionValues.NULL);
    export.run();
    assertThat(export.rows("day, seen")).contains("-|1").hasSize(6);

    export.table().publish(undated.replace(" 1 ", " 2 "), PartitionValues.NULL);
    export.run();
    assertThat(export.rows("day, seen")).contains("-|2").doesNotContain("-|1").hasSize(6);

    export.table().publish(NOTHING, PartitionValues.NULL);
    export.run();
    assertThat(export.rows("day, seen")).hasSize(4).noneMatch(row -> row.startsWith("-"));
  }

  @Test
  void openPartitionIsHeldBackRememberedAndComesAgain() {
    Exporting export = of(AProduct.sightings().holdOpen(Duration.ofDays(2)));

    StepFigures first = done(export.run(at("2026-01-03T12:00:00Z")));
    JobOutcome tooEarly = export.run(at("2026-01-03T23:59:59Z"));

    assertThat(export.rows("*")).containsExactly("2026-01-01|north|1", "2026-01-01|north|2");
    assertThat(first.reasons()).containsEntry("PENDING", 2L);
    assertThat(first.balances()).isTrue();
    assertThat(export.ledger("pending")).containsExactly("[\"2026-01-02\"]");
    assertThat(tooEarly).isInstanceOf(NothingToDo.class);
    assertThat(((NothingToDo) tooEarly).why()).contains("1 partitions with 2 rows");

    StepFigures second = done(export.run(at("2026-01-04T00:00:00Z")));

    assertThat(second.published()).isEqualTo(2);
    assertThat(export.rows("*")).hasSize(4);
    assertThat(export.ledger("export_no, pending")).containsExactly("1|[\"2026-01-02\"]", "2|[]");
  }

  @Test
  void compactionIsNoNews() {
    Exporting export = of(AProduct.sightings());
    export.run();
    export
        .table()
        .lake()
        .spark()
        .sql(
            "CALL lake.system.rewrite_data_files(table => 'lake."
                + export.table().name()
                + "', options => map('rewrite-all', 'true'))");

    assertThat(export.run()).isInstanceOf(NothingToDo.class);
  }

  @Test
  void droppedTargetIsMadeAgainAndFilledAlsoWithAnotherFieldInAColumn() {
    Exporting export = of(AProduct.sightings());
    export.run();
    export.query(
        "UPDATE "
            + export.table().tenant()
            + "_ops._export_head SET exported_columns = REPLACE(exported_columns, '\"seen\":\"',"
            + " '\"seen\":\"9') WHERE true");
    assertThat(((Failed) export.run()).what()).contains("drop the table");
    export
        .client()
        .delete(TableId.of(export.table().tenant() + "_refined", export.table().product().name()));

    done(export.run());

    assertThat(export.rows("*")).hasSize(4);
  }

  @Test
  void headThatWasTakenAwayIsBegunAboveWhatTheLedgerKnows() {
    Exporting export = of(AProduct.sightings());
    export.run();
    String heads = export.table().tenant() + "_ops._export_head";
    export.query(
        "UPDATE " + heads + " SET head_position = REPLACE(head_position, ':2', ':9') WHERE true");
    Failed lostEditions = (Failed) export.run();

    export.query("DELETE FROM " + heads + " WHERE true");
    done(export.run());
    JobOutcome later = export.run();

    assertThat(lostEditions.what()).contains("delete the table's row in _export_head");
    assertThat(later).isInstanceOf(NothingToDo.class);
    assertThat(export.rows("*")).hasSize(4);
    assertThat(export.ledger("export_no")).containsExactly("1", "2");
  }

  @Test
  void tighterPolicyTakesBackWhatLeftUnderTheLooserOne() {
    Exporting export = of(AProduct.sightings().maxSuppressed(1));
    export.table().publish(MORE_WATCHED, "2026-01-03");
    export.run();
    assertThat(export.rows("*")).hasSize(7);
    Exporting tighter = export.of(export.table().with(AProduct.sightings().k(3).maxSuppressed(1)));

    done(tighter.run());

    assertThat(export.rows("seen")).containsExactly("7", "8", "9");
    assertThat(tighter.run()).isInstanceOf(NothingToDo.class);

    Exporting open =
        export.of(export.table().with(AProduct.sightings().holdOpen(Duration.ofDays(2))));
    StepFigures held = done(open.run(at("2026-01-03T12:00:00Z")));
    assertThat(held.notes()).containsEntry("partitionsPending", 2L);
    assertThat(export.rows("seen")).containsExactly("1", "2");
  }

  @Test
  void columnsComeAndGoAlsoWhenTheRunThatBeganItDies() {
    Exporting export = of(AProduct.sightings());
    export.run();
    Exporting fewer = export.of(export.table().with(AProduct.sightings().allowing("day", "place")));
    CrashingObserver.crashOnceAt("beforeSwap", export.table().name());

    assertThatThrownBy(fewer::run).isInstanceOf(Crash.class);
    assertThat(export.rows("*")).contains("2026-01-01|north").hasSize(4);
    done(fewer.run());

    assertThat(export.rows("*")).contains("2026-01-01|north").hasSize(4);
    assertThat(fewer.run()).isInstanceOf(NothingToDo.class);

    StepFigures again = done(export.run());

    assertThat(again.published()).isEqualTo(4);
    assertThat(export.rows("*")).contains("2026-01-01|north|1", "2026-01-02|north|4").hasSize(4);
    assertThat(export.run()).isInstanceOf(NothingToDo.class);
    assertThat(export.ledger("export_no")).containsExactly("1", "2", "3");
  }

  @Test
  void columnThatBigQueryDoesNotDropIsEmptiedThoughAnotherColumnIsRefused() {
    Exporting export = of(AProduct.sightings());
    export.run();
    String heads = export.table().tenant() + "_ops._export_head";
    String other = "UPDATE " + heads + " SET exported_columns = REPLACE(exported_columns, ";
    export.query(other + "'\"place\":\"', '\"place\":\"9') WHERE true");
    Exporting fewer = export.of(export.table().with(AProduct.sightings().allowing("day", "place")));
    try (WithoutGuard unused = ExportWithout.droppingColumns()) {
      assertThat(fewer.run()).isInstanceOf(Failed.class);
      assertThat(export.rows("seen")).containsExactly("-", "-", "-", "-");

      export.query(other + "'\"place\":\"9', '\"place\":\"') WHERE true");
      done(fewer.run());
      assertThat(export.rows("day, seen")).contains("2026-01-01|-").hasSize(4);
      assertThat(fewer.run())
          .as("a column without a use is no news")
          .isInstanceOf(NothingToDo.class);
    }
    assertThat(fewer.run()).isInstanceOf(NothingToDo.class);
    assertThat(export.rows("*")).as("dropped when BigQuery does").contains("2026-01-01|north");
  }

  @Test
  void planSaysWhatWouldLeaveAndMakesNothing() {
    Exporting export = of(AProduct.sightings());

    var plan = export.job(RefinedTable.newRun()).plan();

    assertThat(plan.nothingToDo()).isFalse();
    assertThat(plan.lines()).anyMatch(line -> line.contains("2 partitions with 4 rows"));
    assertThat(export.client().getDataset(export.table().tenant() + "_refined")).isNull();
    export.run();
    assertThat(export.job(RefinedTable.newRun()).plan().nothingToDo()).isTrue();
  }

  private Exporting of(AProduct product) {
    RefinedTable table = RefinedTable.of(product);
    table.publish(TWO_DAYS, "2026-01-01", "2026-01-02");
    return Exporting.of(table, scratch);
  }

  private static RunContext at(String time) {
    return new RunContext(RefinedTable.newRun().id(), "test", Instant.parse(time));
  }
}
