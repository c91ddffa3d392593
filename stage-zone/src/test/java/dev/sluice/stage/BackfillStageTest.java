package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static dev.sluice.stage.Speeds.DAY;
import static dev.sluice.stage.Speeds.END;
import static dev.sluice.stage.Speeds.START;
import static dev.sluice.stage.Speeds.at;
import static dev.sluice.stage.Speeds.backfill;
import static dev.sluice.stage.Speeds.colours;
import static dev.sluice.stage.Speeds.contract;
import static dev.sluice.stage.Speeds.done;
import static dev.sluice.stage.Speeds.fixture;
import static dev.sluice.stage.Speeds.job;
import static dev.sluice.stage.Speeds.speeds;
import static dev.sluice.stage.Speeds.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class BackfillStageTest {
  @Test
  void changedMakesRowsOfOlderContractsAgainAndNoOthers() {
    LandedByHand old = speeds("changed", 200, "1.0.0").land(at(0, 100), at(1, 90));
    old.promote();
    LandedByHand today = colours(old).land(at(2, 80));
    today.promote();

    StepFigures figures = done(backfill(today, Mode.CHANGED));

    assertThat(figures.published()).isEqualTo(2);
    assertThat(figures.balances()).isTrue();
    assertThat(figures.notes())
        .containsEntry("partitions", 2L)
        .containsEntry("rows.old", 2L)
        .containsEntry("rows.new", 2L)
        .containsEntry("keys.changed", 2L)
        .containsEntry("sum.speed.old", 190L)
        .containsEntry("sum.speed.new", 190L);
    assertThat(today.stage("_sequence", "_raw_edition", "speed", "colour", "_edition"))
        .containsExactly(
            RowFactory.create(0L, 1L, 100, "red", 3L),
            RowFactory.create(1L, 1L, 90, "red", 4L),
            RowFactory.create(2L, 2L, 80, "red", 2L));
    assertThat(Heads.touchedSince(today.lake.table(stage(today)), 2).partitions())
        .containsExactly("2026-11-18", "2026-11-19");
  }

  @Test
  void secondRunInChangedModeFindsNothing() {
    LandedByHand old = speeds("changedtwice", 200, "1.0.0").land(at(0, 100));
    old.promote();
    LandedByHand today = colours(old);
    done(backfill(today, Mode.CHANGED));

    assertThat(backfill(today, Mode.CHANGED)).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(today.lake.head(stage(today)).edition()).isEqualTo(2);
  }

  @Test
  void onlyPartitionsOfTheRangeAreDone() {
    LandedByHand old = speeds("ranged", 200, "1.0.0").land(at(0, 1), at(1, 2), at(2, 3));
    old.promote();
    LandedByHand today = colours(old);
    Instant second = Instant.ofEpochMilli(NOON - DAY);

    done(job(today, new BackfillRange(second, second.plusMillis(1), Mode.CHANGED, false)).run());

    assertThat(today.stage("colour"))
        .containsExactly(
            RowFactory.create((Object) null),
            RowFactory.create("red"),
            RowFactory.create((Object) null));
  }

  @Test
  void forceMakesAllAgainEachTime() {
    LandedByHand landed = speeds("forced", 200, "1.0.0").land(at(0, 100), at(1, 90));
    landed.promote();

    done(backfill(landed, Mode.FORCE));
    done(backfill(landed, Mode.FORCE));

    assertThat(landed.stage("_sequence", "speed", "_edition"))
        .containsExactly(RowFactory.create(0L, 100, 4L), RowFactory.create(1L, 90, 5L));
  }

  @Test
  void sumsBeyondAWholeNumberAreToldAsTheLargest() {
    LandedByHand landed =
        new LandedByHand(
            ContractFixture.of("largesums")
                .with(optional("far", Simple.BIGINT))
                .with(optional("wide", Simple.DOUBLE))
                .build());
    String large = "\"far\":" + Long.MAX_VALUE + ",\"wide\":1e300";
    landed.land(event(1, NOON, large), event(2, NOON, large));
    landed.promote();

    assertThat(done(backfill(landed, Mode.FORCE)).notes())
        .containsEntry("sum.far.old", Long.MAX_VALUE)
        .containsEntry("sum.wide.new", Long.MAX_VALUE);
  }

  @Test
  void newestIsDoneFirstWhenAsked() {
    LandedByHand old = speeds("newest", 200, "1.0.0").land(at(0, 1), at(1, 2));
    old.promote();
    LandedByHand today = colours(old);

    List<String> lines = new ArrayList<>();
    done(job(today, new BackfillRange(START, END, Mode.CHANGED, true)).run(lines::add));

    assertThat(today.stage("_sequence", "_edition"))
        .containsExactly(RowFactory.create(0L, 3L), RowFactory.create(1L, 2L));
    assertThat(lines)
        .containsExactly(
            "2026-11-19 (1 of 2): 1 rows, 1 changed", "2026-11-18 (2 of 2): 1 rows, 1 changed");
  }

  @Test
  void gapsAreFilledFromRowsThatWaitAndNothingElseIsDone() {
    LandedByHand old = speeds("gaps", 50, "1.0.0").land(at(0, 10), at(0, 60), at(1, 60));
    old.promote();
    LandedByHand today = old.under(contract("gaps", 100, "1.1.0"));

    done(backfill(today, Mode.FILL_GAPS));

    assertThat(today.stage("_sequence", "_contract_version"))
        .containsExactly(RowFactory.create(0L, "1.0.0"), RowFactory.create(2L, "1.1.0"));
    assertThat(backfill(today, Mode.FILL_GAPS)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aSetRuleHoldsBackAPartitionAndThoseBeforeItStand() {
    LandedByHand old = speeds("heldpartition", 200, "1.0.0").land(at(0, 10), at(1, 99));
    old.promote();
    DataContract held =
        fixture("heldpartition", 200, "1.1.0")
            .with(
                new SetRule(
                    "few-today",
                    SetRule.Severity.BLOCK,
                    "SELECT count(*) FROM {object} WHERE colour = 'red'",
                    new Comparison.AtMost(1, false),
                    ""))
            .with(optional("colour", Simple.STRING))
            .build();
    LandedByHand today = old.applied(held);

    JobOutcome outcome = backfill(today, Mode.CHANGED);

    assertThat(outcome).isInstanceOf(JobOutcome.Blocked.class);
    assertThat(today.stage("_contract_version"))
        .containsExactly(RowFactory.create("1.1.0"), RowFactory.create("1.0.0"));
  }

  @Test
  void planSaysWhichPartitionsAndWhyAndWritesNothing() {
    LandedByHand old = speeds("backfillplan", 50, "1.0.0").land(at(0, 10), at(0, 60), at(1, 10));
    old.promote();
    LandedByHand today = old.under(contract("backfillplan", 100, "1.1.0"));

    assertThat(job(today, new BackfillRange(START, END, Mode.CHANGED, false)).plan().lines())
        .containsExactly(
            "backfill backfillplan_stage.sightings: 2 partitions",
            "2026-11-18: 1 rows of contract 1.0.0, 1 rows that wait would pass",
            "2026-11-19: 1 rows of contract 1.0.0");
    assertThat(today.lake.head(stage(today)).edition()).isEqualTo(1);
  }
}
