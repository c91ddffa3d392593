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
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ReplayQuarantineTest {
  @Test
  void whatPassesTodayIsPromotedOnceWithItsOwnPlace() {
    LandedByHand landed = strict("replayed").land(speeds(100, 250, 400));
    landed.promote();
    LandedByHand fixed = landed.under(contract("replayed", 300, "1.1.0"));

    StepFigures figures = done(replay(fixed, 10));

    assertThat(figures.taken()).isEqualTo(2);
    assertThat(figures.published()).isEqualTo(1);
    assertThat(figures.quarantined()).isEqualTo(1);
    assertThat(figures.balances()).isTrue();
    assertThat(fixed.stage("_sequence", "speed", "_contract_version", "_raw_edition"))
        .containsExactly(
            RowFactory.create(0L, 100, "1.0.0", 1L), RowFactory.create(1L, 250, "1.1.0", 1L));
  }

  @Test
  void aSecondReplayFindsNothingAndChangesNothing() {
    LandedByHand landed = strict("replayedtwice").land(speeds(100, 250));
    landed.promote();
    LandedByHand fixed = landed.under(contract("replayedtwice", 300, "1.1.0"));
    done(replay(fixed, 10));
    long edition = fixed.lake.head(fixed.contract.stageTable(fixed.tenant)).edition();

    JobOutcome again = replay(fixed, 10);

    assertThat(again).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(fixed.lake.head(fixed.contract.stageTable(fixed.tenant)).edition())
        .isEqualTo(edition);
  }

  @Test
  void whatFailsAgainStaysWithBothReasons() {
    LandedByHand landed = strict("bothreasons").land(speeds(250));
    landed.promote();
    DataContract other =
        fixture("bothreasons", "1.1.0").with(new RowRule("is-even", "speed % 2 = 1", "x")).build();
    LandedByHand changed = landed.under(other);

    done(replay(changed, 10));
    done(replay(changed, 10));

    assertThat(changed.quarantine("sequence", "reason", "contract_version"))
        .containsExactlyInAnyOrder(
            RowFactory.create(0L, "RULE:speed-is-sane", "1.0.0"),
            RowFactory.create(0L, "RULE:is-even", "1.1.0"));
    assertThat(new WaitingRows(changed.lake, other, changed.tenant).groups())
        .singleElement()
        .satisfies(group -> assertThat(group.reason()).isEqualTo("RULE:is-even"));
  }

  @Test
  void aRowWhoseEventIsThereMeanwhileIsADuplicate() {
    LandedByHand landed = strict("replayedduplicate").land(event(1, NOON, "\"speed\":250"));
    landed.promote();
    landed.land(event(1, NOON, "\"speed\":90"));
    landed.promote();
    LandedByHand fixed = landed.under(contract("replayedduplicate", 300, "1.1.0"));

    StepFigures figures = done(replay(fixed, 10));

    assertThat(figures.duplicates()).isEqualTo(1);
    assertThat(fixed.stage("_sequence")).containsExactly(RowFactory.create(1L));
    assertThat(replay(fixed, 10)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void onlyRowsOfTheReasonAskedForAreTaken() {
    LandedByHand landed = strict("onereason").land(speeds(250)).land("no json", "{}");
    landed.promote();
    LandedByHand fixed = landed.under(contract("onereason", 300, "1.1.0"));

    StepFigures figures =
        done(
            new ReplayQuarantine(
                    fixed.lake,
                    fixed.contract,
                    fixed.tenant,
                    fixed.keyset,
                    LandedByHand.run(),
                    Optional.of("RULE:speed-is-sane"),
                    10)
                .run());

    assertThat(figures.taken()).isEqualTo(1);
    assertThat(figures.published()).isEqualTo(1);
  }

  @Test
  void manyRowsAreTakenInPiecesAndEachOnce() {
    LandedByHand landed = strict("pieces").land(speeds(201, 202, 203)).land(speeds(204, 500, 206));
    landed.promote();
    LandedByHand fixed = landed.under(contract("pieces", 300, "1.1.0"));

    StepFigures figures = done(replay(fixed, 2));

    assertThat(figures.taken()).isEqualTo(6);
    assertThat(figures.published()).isEqualTo(5);
    assertThat(fixed.stage("speed"))
        .extracting(row -> row.getInt(0))
        .containsExactly(201, 202, 203, 204, 206);
  }

  @Test
  void aSetRuleHoldsBackAReplayToo() {
    LandedByHand landed = strict("heldback").land(speeds(100, 250));
    landed.promote();
    DataContract held =
        fixture("heldback", "1.1.0")
            .with(new RowRule("speed-is-sane", "speed < 300", "x"))
            .with(
                new SetRule(
                    "none-fast",
                    SetRule.Severity.BLOCK,
                    "SELECT count(*) FROM {object} WHERE speed > 200",
                    new Comparison.EqualTo(0),
                    ""))
            .build();
    LandedByHand fixed = landed.under(held);

    JobOutcome outcome = replay(fixed, 10);

    assertThat(outcome).isInstanceOf(JobOutcome.Blocked.class);
    assertThat(fixed.stage("speed")).containsExactly(RowFactory.create(100));
  }

  @Test
  void ofTwoReplaysAtOnceTheSlowerFindsNothingLeft() {
    LandedByHand landed = strict("tworeplays").land(speeds(100, 250));
    landed.promote();
    LandedByHand fixed = landed.under(contract("tworeplays", 300, "1.1.0"));
    String stage = fixed.contract.stageTable(fixed.tenant);
    CommitHooks.beforeNextSwap(stage, () -> done(replay(fixed, 10)));

    JobOutcome slower = replay(fixed, 10);

    assertThat(slower).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(fixed.stage("_sequence"))
        .containsExactly(RowFactory.create(0L), RowFactory.create(1L));
  }

  @Test
  void aReplayThatWasKilledIsGoneOnWithByTheNext() {
    LandedByHand landed = strict("killedreplay").land(speeds(100, 250, 400));
    landed.promote();
    LandedByHand fixed = landed.under(contract("killedreplay", 300, "1.1.0"));
    CommitHooks.beforeNextSwap(fixed.contract.stageTable(fixed.tenant), CommitHooks.crash());
    assertThatThrownBy(() -> replay(fixed, 10)).isInstanceOf(CommitHooks.Crash.class);

    done(replay(fixed, 10));

    assertThat(fixed.stage("_sequence"))
        .containsExactly(RowFactory.create(0L), RowFactory.create(1L));
    assertThat(fixed.quarantine("sequence", "contract_version"))
        .containsExactlyInAnyOrder(
            RowFactory.create(1L, "1.0.0"),
            RowFactory.create(2L, "1.0.0"),
            RowFactory.create(2L, "1.1.0"));
  }

  @Test
  void aPlanSaysHowManyWouldPassAndWritesNothing() {
    LandedByHand landed = strict("replayplan").land(speeds(100, 250, 400));
    landed.promote();
    LandedByHand fixed = landed.under(contract("replayplan", 300, "1.1.0"));

    var plan = job(fixed, 10).plan();

    assertThat(plan.lines())
        .containsExactly(
            "2 rows wait in replayplan_quarantine.sightings",
            "1 of them would pass, unless they repeat an event",
            "1 would stay: RULE:speed-is-sane");
    assertThat(fixed.stage("speed")).hasSize(1);
  }

  private static JobOutcome replay(LandedByHand landed, int rowsPerPiece) {
    return job(landed, rowsPerPiece).run();
  }

  private static ReplayQuarantine job(LandedByHand landed, int rowsPerPiece) {
    return new ReplayQuarantine(
        landed.lake,
        landed.contract,
        landed.tenant,
        landed.keyset,
        LandedByHand.run(),
        Optional.empty(),
        rowsPerPiece);
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures();
  }

  private static LandedByHand strict(String tenant) {
    return new LandedByHand(contract(tenant, 200, "1.0.0"));
  }

  private static DataContract contract(String tenant, int limit, String version) {
    return fixture(tenant, version)
        .with(new RowRule("speed-is-sane", "speed < " + limit, "x"))
        .build();
  }

  private static ContractFixture fixture(String tenant, String version) {
    return ContractFixture.of(tenant).version(version).with(optional("speed", Simple.INT));
  }

  private static String[] speeds(int... speeds) {
    String[] events = new String[speeds.length];
    for (int i = 0; i < speeds.length; i++) {
      events[i] = event(speeds[i], NOON, "\"speed\":" + speeds[i]);
    }
    return events;
  }
}
