package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.publishing.fixture.GuardHole;
import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards that several commits or runs need before they matter, each in force and left out. */
class EveryPublishingGuardTest {
  private static final GuardTable TABLE = new GuardTable("promotion, several commits");
  private static final AtomicInteger TENANTS = new AtomicInteger();

  static Stream<GuardHole> holes() {
    return Stream.of(
        new GuardHole(
            "whole keys are compared, not hashes",
            PromotionWithout::comparingWholeKeys,
            EveryPublishingGuardTest::collidingHashes,
            "2 in stage",
            "1 in stage",
            "an event is lost because a hash collides"),
        new GuardHole(
            "duplicates of stage are looked for",
            PromotionWithout::lookingIntoStage,
            EveryPublishingGuardTest::sentAgainLater,
            "1 in stage",
            "2 in stage",
            "an event that was sent again counts twice"),
        new GuardHole(
            "rows balance",
            PromotionWithout::balance,
            EveryPublishingGuardTest::rowsLostOnTheWay,
            "Failed, 0 in stage",
            "Done, 1 in stage",
            "a row is gone and the run reports success"),
        new GuardHole(
            "set rules block",
            PromotionWithout::setRules,
            EveryPublishingGuardTest::tooManyAside,
            "Blocked, 0 in stage",
            "Done, 1 in stage",
            "rows are published that failed the audit"),
        new GuardHole(
            "quarantine is published first",
            PromotionWithout::quarantineFirst,
            EveryPublishingGuardTest::crashBetweenTheTwo,
            "Done, 1 in stage, 1 aside",
            "Failed, 1 in stage, 0 aside",
            "a bad row is nowhere and the data set stuck"),
        new GuardHole(
            "finished under the version that began",
            PromotionWithout::stampedVersion,
            EveryPublishingGuardTest::finishedUnderAnother,
            "Failed, versions []",
            "Done, versions [[1.1.0]]",
            "one interval judged under two versions"),
        new GuardHole(
            "finished under the text that began",
            PromotionWithout::comparingTexts,
            EveryPublishingGuardTest::finishedUnderAnEditedText,
            "Failed, 0 in stage",
            "Failed for a defect, 0 in stage",
            "an edited rule judges what another began"),
        new GuardHole(
            "keys are the tenant's own",
            PromotionWithout::checkingKeys,
            EveryPublishingGuardTest::keysOfAnother,
            "Failed, 0 in stage",
            "Done, 1 in stage",
            "tokens that another tenant can reverse"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holes")
  void holdsAndIsNeeded(GuardHole hole) throws Exception {
    hole.show(TABLE, "pub" + TENANTS.incrementAndGet(), "pub" + TENANTS.incrementAndGet());
  }

  @AfterAll
  static void printTheTable() {
    TABLE.print();
  }

  private static String collidingHashes(String tenant) {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).build())
            .land(event(1, NOON, ""), event(2, NOON, ""));
    try (WithoutGuard unused = PromotionWithout.distinctHashes()) {
      landed.promote();
    }
    return landed.stage("id").length + " in stage";
  }

  private static String sentAgainLater(String tenant) {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).build()).land(event(1, NOON, ""));
    landed.promote();
    landed.land(event(1, NOON, "")).promote();
    return landed.stage("id").length + " in stage";
  }

  private static String rowsLostOnTheWay(String tenant) {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).build())
            .land(event(1, NOON, ""), event(2, NOON, ""));
    try (WithoutGuard unused = PromotionWithout.allGoodRows()) {
      return outcomeAndRows(landed.promote(), landed);
    }
  }

  private static String tooManyAside(String tenant) {
    SetRule few =
        new SetRule(
            "few-aside",
            SetRule.Severity.BLOCK,
            "SELECT count(*) FROM quarantine",
            new Comparison.AtMost(0, false),
            "few-aside");
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).with(few).build())
            .land(event(1, NOON, ""), "poison");
    return outcomeAndRows(landed.promote(), landed);
  }

  private static String crashBetweenTheTwo(String tenant) {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).build()).land(event(1, NOON, ""), "poison");
    crashAfterTheFirstOf(landed);
    return outcomeAndRows(landed.promote(), landed)
        + ", "
        + landed.quarantine("reason").length
        + " aside";
  }

  private static String finishedUnderAnother(String tenant) {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).build()).land(event(1, NOON, ""), "poison");
    crashAfterTheFirstOf(landed);
    DataContract next = ContractFixture.of(tenant).version("1.1.0").build();
    JobOutcome outcome = landed.under(next).promote();
    return outcome.getClass().getSimpleName()
        + ", versions "
        + java.util.Arrays.toString(landed.stage("_contract_version"));
  }

  private static String finishedUnderAnEditedText(String tenant) {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of(tenant).build()).land(event(1, NOON, ""), "poison");
    crashAfterTheFirstOf(landed);
    DataContract edited =
        ContractFixture.of(tenant)
            .with(new RowRule("none", "id > 9", "none"))
            .text("the same version, edited")
            .build();
    JobOutcome.Failed failed = (JobOutcome.Failed) landed.under(edited).promote();
    return "Failed"
        + (failed.kind() == FailureKind.DEFECT ? " for a defect, " : ", ")
        + landed.stage("id").length
        + " in stage";
  }

  private static String keysOfAnother(String tenant) {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of(tenant).with(personal("plate", new SivToken("plate"))).build())
            .land(event(1, NOON, "\"plate\":\"XQ-771-ZZ\""));
    LandedByHand other = new LandedByHand(ContractFixture.of(tenant + "other").build());
    JobOutcome outcome =
        new PromoteRawToStage(
                landed.lake, landed.contract, landed.tenant, other.keyset, LandedByHand.run())
            .run();
    return outcomeAndRows(outcome, landed);
  }

  /** Whichever of quarantine and stage is published first. */
  private static void crashAfterTheFirstOf(LandedByHand landed) {
    String stage = landed.contract.stageTable(landed.tenant);
    String quarantine = landed.contract.quarantineTable(landed.tenant);
    CommitHooks.afterNextSwap(stage, CommitHooks.crash());
    CommitHooks.afterNextSwap(quarantine, CommitHooks.crash());
    assertThat(catchThrowable(landed::promote)).isInstanceOf(CommitHooks.Crash.class);
    CommitHooks.afterNextSwap(stage, () -> {});
    CommitHooks.afterNextSwap(quarantine, () -> {});
  }

  private static String outcomeAndRows(JobOutcome outcome, LandedByHand landed) {
    boolean made = landed.lake.exists(landed.contract.stageTable(landed.tenant));
    return outcome.getClass().getSimpleName()
        + ", "
        + (made ? landed.stage("id").length : 0)
        + " in stage";
  }
}
