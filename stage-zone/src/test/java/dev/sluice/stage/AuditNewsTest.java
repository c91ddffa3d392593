package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DuplicateKeys;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.publishing.AuditMark;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class AuditNewsTest {
  private static final long DAY = 86_400_000L;
  private static final Comparison NONE = new Comparison.EqualTo(0);
  private static final SetRule SLOW =
      rule("slow", SetRule.Severity.BLOCK, "SELECT count_if(speed > 200) FROM {object}");
  private static final SetRule ONCE =
      rule("once", SetRule.Severity.BLOCK, DuplicateKeys.query(List.of("id")));

  private static SetRule rule(String id, SetRule.Severity severity, String query) {
    return new SetRule(id, severity, query, NONE, id);
  }

  private static ContractFixture sightings(String tenant) {
    return ContractFixture.of(tenant).with(optional("speed", Simple.INT));
  }

  private static List<RuleResult> blocked(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Blocked.class);
    return ((JobOutcome.Blocked) outcome).results();
  }

  private static List<RuleResult> done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures().rules();
  }

  @Test
  void aKeyThatStandsTwiceOverTwoPromotionsBlocksTheSecond() {
    LandedByHand landed = new LandedByHand(sightings("newkey").with(ONCE).build());
    done(landed.land(event(1, NOON, ""), event(2, NOON, "")).promote());
    done(landed.land(event(3, NOON, ""), event(4, NOON, "")).promote());

    landed.land(event(1, NOON - 3 * DAY, ""), event(5, NOON, "")); // no duplicate: days apart

    assertThat(blocked(landed.promote()))
        .containsExactly(new RuleResult("once", 1, "= 0", false, true));
    assertThat(landed.stage("id")).hasSize(4);
  }

  @Test
  void aKeyThatStandsTwiceInOnePromotionBlocksIt() {
    LandedByHand landed = new LandedByHand(sightings("twokeys").with(ONCE).build());
    done(landed.land(event(1, NOON, "")).promote());

    landed.land(event(2, NOON - 3 * DAY, ""), event(2, NOON, ""));

    assertThat(blocked(landed.promote())).extracting(RuleResult::measured).containsExactly(1.0);
  }

  @Test
  void duplicatesThatAreSetAsideBlockNothing() {
    LandedByHand landed = new LandedByHand(sightings("asidekeys").with(ONCE).build());
    done(landed.land(event(1, NOON, "")).promote());

    landed.land(event(1, NOON, ""), event(2, NOON, ""), event(2, NOON, ""));

    assertThat(done(landed.promote()))
        .containsExactly(new RuleResult("once", 0, "= 0", true, true));
    assertThat(landed.stage("id")).hasSize(2);
  }

  @Test
  void newRowsThatBreakARuleAreCounted() {
    LandedByHand landed = new LandedByHand(sightings("newslow").with(SLOW).build());
    done(landed.land(event(1, NOON, "\"speed\":5")).promote());

    landed.land(event(2, NOON, "\"speed\":500"), event(3, NOON, "\"speed\":5"));

    assertThat(blocked(landed.promote()))
        .containsExactly(new RuleResult("slow", 1, "= 0", false, true));
  }

  @Test
  void aRuleThatFailsOnANewRowBlocksAndTellsWhy() {
    SetRule ratio =
        rule("ratio", SetRule.Severity.BLOCK, "SELECT count_if(100 / speed > 90) FROM {object}");
    LandedByHand landed = new LandedByHand(sightings("newzero").with(ratio).with(SLOW).build());
    done(landed.land(event(1, NOON, "\"speed\":5")).promote());

    landed.land(event(2, NOON, "\"speed\":0"));

    assertThat(blocked(landed.promote()))
        .containsExactly(
            new RuleResult(
                "ratio", Double.NaN, "= 0; it gave no number (DIVIDE_BY_ZERO)", false, true),
            new RuleResult("slow", 0, "= 0", true, true));
  }

  @Test
  void rulesThatDoNotBlockAreMeasuredOnTheWhole() {
    SetRule warns = rule("warns", SetRule.Severity.WARN, SLOW.query());
    LandedByHand landed = new LandedByHand(sightings("warned").with(warns).with(ONCE).build());
    done(landed.land(event(1, NOON, "\"speed\":500")).promote());

    landed.land(event(2, NOON, "\"speed\":5"));

    assertThat(done(landed.promote()))
        .containsExactly(
            new RuleResult("warns", 1, "= 0", false, false),
            new RuleResult("once", 0, "= 0", true, true));
  }

  @Test
  void totalsAreMeasuredOnTheWhole() {
    SetRule few =
        new SetRule(
            "few",
            SetRule.Severity.BLOCK,
            "SELECT count(*) FROM {object}",
            new Comparison.AtMost(2, false),
            "few");
    LandedByHand landed = new LandedByHand(sightings("total").with(few).with(SLOW).build());
    done(landed.land(event(1, NOON, ""), event(2, NOON, "")).promote());

    landed.land(event(3, NOON, ""));

    assertThat(blocked(landed.promote()))
        .containsExactly(
            new RuleResult("few", 3, "<= 2", false, true),
            new RuleResult("slow", 0, "= 0", true, true));
  }

  /**
   * The faulty rows of main are not seen: this is what the mark saves, and why few may write it.
   */
  @Test
  void whatMainHasIsTakenFromItsMark() {
    LandedByHand landed = faulty("marked", AuditMark.of(contract("marked"), LandedByHand.run()));

    landed.land(event(3, NOON, "\"speed\":5"));

    assertThat(done(landed.promote())).extracting(RuleResult::measured).containsExactly(0.0, 0.0);
  }

  @Test
  void mainWithoutMarkIsMeasured() {
    LandedByHand landed = faulty("unmarked", Map.of());

    landed.land(event(3, NOON, "\"speed\":5"));

    assertThat(blocked(landed.promote()))
        .extracting(RuleResult::measured)
        .containsExactly(1.0, 1.0);
  }

  @Test
  void theMarkOfAnotherContractOrProductDoesNotCount() {
    DataContract before = ContractFixture.of("othertext").text("before").build();
    RunContext later = RunContext.start("a later version", Clock.systemUTC());
    Map<String, Map<String, String>> marks =
        Map.of(
            "othertext", AuditMark.of(before, LandedByHand.run()),
            "othercode", AuditMark.of(contract("othercode"), later));
    for (String tenant : marks.keySet()) {
      LandedByHand landed = faulty(tenant, marks.get(tenant));

      landed.land(event(3, NOON, "\"speed\":5"));

      assertThat(blocked(landed.promote())).extracting(RuleResult::measured).contains(1.0);
    }
  }

  @Test
  void aRewriteOfMainIsNoAudit() {
    LandedByHand landed = new LandedByHand(contract("rewritten"));
    done(landed.land(event(1, NOON, "")).promote());
    Table stage = landed.lake.table("rewritten_stage.sightings");
    assertThat(isMarked(stage, landed)).isTrue();

    stage.rewriteManifests().clusterBy(file -> "all").commit();

    assertThat(isMarked(landed.lake.table("rewritten_stage.sightings"), landed)).isFalse();
  }

  private static boolean isMarked(Table stage, LandedByHand landed) {
    return AuditMark.isOn(stage.currentSnapshot(), landed.contract, LandedByHand.run());
  }

  private static DataContract contract(String tenant) {
    return sightings(tenant).with(SLOW).with(ONCE).build();
  }

  /** Stage gets a fast row and a key that it has, by a commit that nobody audits. */
  private static LandedByHand faulty(String tenant, Map<String, String> mark) {
    LandedByHand landed = new LandedByHand(contract(tenant));
    done(landed.land(event(1, NOON, "\"speed\":5"), event(2, NOON, "")).promote());
    String stage = landed.contract.stageTable(landed.tenant);
    StampedWrite.append(
        landed
            .lake
            .read(stage)
            .where("id = 1")
            .withColumn("speed", functions.lit(500))
            .drop("_edition"),
        stage,
        NextStamp.on(landed.lake.head(stage), LandedByHand.run(), landed.contract, Map.of()),
        Optional.empty(),
        mark);
    return landed;
  }
}
