package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import java.time.Instant;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class BackfillStageTest {
  private static final long DAY = 86_400_000;

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
        .containsEntry("rowsBefore", 2L)
        .containsEntry("rowsAfter", 2L)
        .containsEntry("rowsChanged", 2L)
        .containsEntry("sumBefore.speed", 190L)
        .containsEntry("sumAfter.speed", 190L);
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
  void rowThatWaitedComesInAndTheEarlierOfTwoWins() {
    LandedByHand old = speeds("waited", 50, "1.0.0").land(event(1, NOON, "\"speed\":60"));
    old.land(event(1, NOON + 5, "\"speed\":40")).land(event(2, NOON, "\"speed\":70"));
    old.promote();
    LandedByHand today = old.under(contract("waited", 65, "1.1.0"));

    StepFigures figures = done(backfill(today, Mode.CHANGED));

    assertThat(figures.duplicates()).isEqualTo(1);
    assertThat(today.stage("_sequence", "speed")).containsExactly(RowFactory.create(0L, 60));
    assertThat(today.quarantine("sequence", "fate", "duplicate_of_sequence"))
        .containsExactlyInAnyOrder(
            RowFactory.create(0L, "quarantined", null),
            RowFactory.create(1L, "duplicate", 0L),
            RowFactory.create(2L, "quarantined", null));
  }

  @Test
  void rowThatFailsTodayIsSetAsideAndItsRepetitionTakesItsPlace() {
    LandedByHand old =
        speeds("failstoday", 200, "1.0.0")
            .land(event(1, NOON, "\"speed\":150"), event(2, NOON, "\"speed\":20"))
            .land(event(1, NOON + 7, "\"speed\":90"));
    old.promote();
    LandedByHand today = old.under(contract("failstoday", 100, "1.1.0"));

    StepFigures figures = done(backfill(today, Mode.CHANGED));

    assertThat(figures.quarantined()).isEqualTo(1);
    assertThat(today.stage("_sequence", "speed"))
        .containsExactly(RowFactory.create(1L, 20), RowFactory.create(2L, 90));
    assertThat(today.quarantine("sequence", "reason", "contract_version"))
        .contains(RowFactory.create(0L, "RULE:speed-is-sane", "1.1.0"));
  }

  @Test
  void promotionThatLandsInThePartitionMeanwhileIsNotLost() {
    LandedByHand old = speeds("meanwhile", 200, "1.0.0").land(at(0, 100));
    old.promote();
    LandedByHand today = colours(old);
    CommitHooks.beforeNextSwap(
        stage(today), () -> done(today.land(event(50, NOON + 1, "\"speed\":5")).promote()));

    done(backfill(today, Mode.CHANGED));

    assertThat(today.stage("_sequence", "speed", "_contract_version"))
        .containsExactly(RowFactory.create(0L, 100, "1.1.0"), RowFactory.create(1L, 5, "1.1.0"));
  }

  @Test
  void killedBetweenItsCommitsItIsGoneOnWithAndSaysNothingTwice() {
    LandedByHand old = speeds("killed", 200, "1.0.0").land(at(0, 150), at(1, 20), at(2, 30));
    old.promote();
    LandedByHand today = old.under(contract("killed", 100, "1.1.0"));
    CommitHooks.beforeNextSwap(stage(today), CommitHooks.crash());
    assertThatThrownBy(() -> backfill(today, Mode.CHANGED)).isInstanceOf(CommitHooks.Crash.class);

    done(backfill(today, Mode.CHANGED));

    assertThat(today.stage("_sequence", "_contract_version"))
        .containsExactly(RowFactory.create(1L, "1.1.0"), RowFactory.create(2L, "1.1.0"));
    assertThat(today.quarantine("sequence")).containsExactly(RowFactory.create(0L));
  }

  @Test
  void forcedBackfillThatWasKilledGoesOnWhereItWas() {
    LandedByHand landed = speeds("killedforce", 200, "1.0.0").land(at(0, 1), at(1, 2), at(2, 3));
    landed.promote();
    CommitHooks.afterNextSwap(stage(landed), CommitHooks.crash());
    assertThatThrownBy(() -> backfill(landed, Mode.FORCE)).isInstanceOf(CommitHooks.Crash.class);

    StepFigures rest = done(backfill(landed, Mode.FORCE));
    StepFigures anew = done(backfill(landed, Mode.FORCE));

    assertThat(rest.notes()).containsEntry("partitions", 2L);
    assertThat(anew.notes()).containsEntry("partitions", 3L);
  }

  @Test
  void newestIsDoneFirstWhenAsked() {
    LandedByHand old = speeds("newest", 200, "1.0.0").land(at(0, 1), at(1, 2));
    old.promote();
    LandedByHand today = colours(old);

    done(job(today, new BackfillRange(START, END, Mode.CHANGED, true)).run());

    assertThat(today.stage("_sequence", "_edition"))
        .containsExactly(RowFactory.create(0L, 3L), RowFactory.create(1L, 2L));
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

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  private static JobOutcome backfill(LandedByHand landed, Mode mode) {
    return job(landed, new BackfillRange(START, END, mode, false)).run();
  }

  private static BackfillStage job(LandedByHand landed, BackfillRange range) {
    return new BackfillStage(
        landed.lake, landed.contract, landed.tenant, landed.keyset, LandedByHand.run(), range);
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures();
  }

  private static String stage(LandedByHand landed) {
    return landed.contract.stageTable(landed.tenant);
  }

  private static LandedByHand speeds(String tenant, int limit, String version) {
    return new LandedByHand(contract(tenant, limit, version));
  }

  /** Knows a field that producers have sent all along. */
  private static LandedByHand colours(LandedByHand old) {
    return old.applied(
        fixture(old.tenant.name(), 200, "1.1.0").with(optional("colour", Simple.STRING)).build());
  }

  private static DataContract contract(String tenant, int limit, String version) {
    return fixture(tenant, limit, version).build();
  }

  private static ContractFixture fixture(String tenant, int limit, String version) {
    return ContractFixture.of(tenant)
        .version(version)
        .with(optional("speed", Simple.INT))
        .with(new RowRule("speed-is-sane", "speed < " + limit, "x"));
  }

  /** An event of its own on one of three days. */
  private static String at(int day, int speed) {
    return event(
        1000 * day + speed, NOON + (day - 2) * DAY, "\"speed\":" + speed + ",\"colour\":\"red\"");
  }
}
