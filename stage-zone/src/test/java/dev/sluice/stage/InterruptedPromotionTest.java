package dev.sluice.stage;

import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.tables.AuditBranches;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class InterruptedPromotionTest {
  /** What a process leaves that died after quarantine was published and before stage was. */
  private static LandedByHand halfPublished(String tenant) {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of(tenant)
                    .with(ContractFixture.optional("colour", Simple.STRING))
                    .build())
            .land(event(1, NOON, ""), event(1, NOON, ""), "poison")
            .land(event(2, NOON, ""));
    Promoting promoting =
        new Promoting(landed.lake, landed.contract, landed.tenant, LandedByHand.run());
    new PrepareTables(promoting, landed.keyset).unfit();
    Interval.Fresh fresh = (Interval.Fresh) new ChooseInterval(promoting, 1_000_000).next();
    try (Conformed conformed =
            Conformed.keep(
                ConformRows.of(
                    landed.lake.news(promoting.raw(), fresh.editions()),
                    landed.contract,
                    landed.keyset));
        Duplicates duplicates =
            new FindDuplicates(promoting, conformed).among(conformed, fresh.stage())) {
      new AuditedPair(promoting, fresh.editions())
          .writeQuarantine(
              new QuarantineRows(promoting, landed.keyset)
                  .of(fresh.editions(), conformed, duplicates),
              fresh.quarantine());
      AuditBranches.publish(landed.lake.table(promoting.quarantine()), promoting.branch());
    }
    return landed;
  }

  @Test
  void exactlyTheInterruptedIntervalIsFinishedFirst() {
    LandedByHand landed = halfPublished("crashed");
    landed.land(event(2, NOON, ""), event(3, NOON, ""));

    JobOutcome.Done done = (JobOutcome.Done) landed.promote();

    assertThat(done.figures().balances()).isTrue();
    assertThat(done.figures().taken()).isEqualTo(6);
    assertThat(landed.stage("_edition", "_sequence", "id"))
        .containsExactly(
            RowFactory.create(1L, 0L, 1L),
            RowFactory.create(1L, 3L, 2L),
            RowFactory.create(2L, 5L, 3L));
    assertThat(landed.quarantine("_edition", "sequence", "reason"))
        .containsExactly(
            RowFactory.create(1L, 1L, "SAME_EVENT"),
            RowFactory.create(1L, 2L, "NOT_JSON"),
            RowFactory.create(2L, 4L, "SAME_EVENT"));
    assertThat(landed.promote()).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aReplayWaitsUntilTheIntervalIsFinished() {
    LandedByHand landed = halfPublished("replaywaits");

    JobOutcome outcome =
        new ReplayQuarantine(
                landed.lake,
                landed.contract,
                landed.tenant,
                landed.keyset,
                LandedByHand.run(),
                Optional.empty())
            .run();

    assertThat(outcome).isInstanceOf(JobOutcome.Busy.class);
    assertThat(landed.stage("id")).isEmpty();
  }

  @Test
  void otherContractVersionMayNotFinishWhatAnotherBegan() {
    LandedByHand landed = halfPublished("versions");
    DataContract next =
        ContractFixture.of("versions")
            .with(ContractFixture.optional("colour", Simple.STRING))
            .version("1.1.0")
            .build();

    JobOutcome.Failed failed = (JobOutcome.Failed) landed.under(next).promote();
    JobOutcome withLookUp =
        new PromoteRawToStage(
                landed.lake,
                next,
                landed.tenant,
                landed.keyset,
                LandedByHand.run(),
                (id, version) ->
                    version.equals("1.0.0") ? Optional.of(landed.contract) : Optional.empty(),
                PromoteRawToStage.ROWS_PER_COMMIT)
            .run();

    assertThat(failed.kind()).isEqualTo(FailureKind.SETUP);
    assertThat(failed.what()).contains("1.0.0").contains("1.1.0");
    assertThat(withLookUp).isInstanceOf(JobOutcome.Done.class);
    assertThat(landed.stage("_contract_version"))
        .containsOnly(RowFactory.create("1.0.0"))
        .hasSize(2);
  }

  @Test
  void editedTextOfTheSameVersionMayNotFinishWhatAnotherBegan() {
    LandedByHand landed = halfPublished("edited");
    DataContract edited =
        ContractFixture.of("edited")
            .with(ContractFixture.optional("colour", Simple.STRING))
            .text("edited without a new version")
            .build();

    JobOutcome.Failed failed = (JobOutcome.Failed) landed.under(edited).promote();

    assertThat(failed.kind()).isEqualTo(FailureKind.SETUP);
    assertThat(failed.what()).contains("another text", "sightings 1.0.0", "raise the version");
    assertThat(landed.stage("id")).isEmpty();
    assertThat(landed.promote()).isInstanceOf(JobOutcome.Done.class);
  }

  @Test
  void crashBeforeAnythingWasPublishedLeavesNoTrace() {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of("early").build()).land(event(1, NOON, ""), "poison");
    Promoting promoting =
        new Promoting(landed.lake, landed.contract, landed.tenant, LandedByHand.run());
    new PrepareTables(promoting, landed.keyset).unfit();
    Interval.Fresh fresh = (Interval.Fresh) new ChooseInterval(promoting, 1).next();
    try (Conformed conformed =
        Conformed.keep(
            ConformRows.of(
                landed.lake.news(promoting.raw(), fresh.editions()),
                landed.contract,
                landed.keyset))) {
      new AuditedPair(promoting, fresh.editions())
          .writeQuarantine(
              new QuarantineRows(promoting, landed.keyset)
                  .of(fresh.editions(), conformed, Duplicates.none(landed.lake.spark())),
              fresh.quarantine());
    }

    assertThat(landed.quarantine("reason")).isEmpty();
    assertThat(landed.promote()).isInstanceOf(JobOutcome.Done.class);
    assertThat(landed.quarantine("reason")).containsExactly(RowFactory.create("NOT_JSON"));
    assertThat(landed.stage("id")).containsExactly(RowFactory.create(1L));
  }

  @Test
  void slowerOfTwoWritersLosesNothing() {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of("race").build()).land(event(1, NOON, ""));
    Promoting slow = new Promoting(landed.lake, landed.contract, landed.tenant, LandedByHand.run());
    new PrepareTables(slow, landed.keyset).unfit();
    Interval.Fresh seen = (Interval.Fresh) new ChooseInterval(slow, 1).next();
    assertThat(landed.promote()).isInstanceOf(JobOutcome.Done.class);
    Head won = landed.lake.head("race_stage.sightings");

    assertThatThrownBy(
            () ->
                new PromoteInterval(slow, landed.keyset, seen.editions())
                    .fresh(seen.stage(), seen.quarantine()))
        .isInstanceOf(dev.sluice.catalog.tables.Refused.class);
    assertThat(landed.lake.head("race_stage.sightings")).isEqualTo(won);
    assertThat(landed.stage("id")).containsExactly(RowFactory.create(1L));
  }
}
