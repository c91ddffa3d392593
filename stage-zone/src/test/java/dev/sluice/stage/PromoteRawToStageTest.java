package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DuplicateKeys;
import dev.sluice.catalog.contract.Evolution;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.contract.ProducerVersions;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.privacy.SealedPlace;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PromoteRawToStageTest {
  private static StepFigures figures(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    StepFigures figures = ((JobOutcome.Done) outcome).figures();
    assertThat(figures.balances()).isTrue();
    return figures;
  }

  @Test
  void aHeaderOfTheRecordTellsWhichProducerWroteIt() {
    DataContract contract =
        ContractFixture.of("headers")
            .build()
            .with(
                new Evolution(
                    Optional.empty(),
                    Optional.of(
                        ProducerVersions.inHeader("producer", List.of("7"), Optional.empty()))));
    LandedByHand landed =
        new LandedByHand(contract)
            .withHeader("producer", "7")
            .land(event(1, NOON, ""))
            .withHeader("producer", "8")
            .land(event(2, NOON, ""))
            .land(event(3, NOON, ""));

    landed.promote();

    assertThat(landed.stage("id")).containsExactly(RowFactory.create(1L));
    assertThat(landed.quarantine("sequence", "reason", "field"))
        .containsExactly(
            RowFactory.create(1L, "UNKNOWN_VERSION", "producer"),
            RowFactory.create(2L, "UNKNOWN_VERSION", "producer"));
  }

  @Test
  void canariesAreCountedApartAndReachNeitherStageNorQuarantine() {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of("canaries").build())
            .land(event(1, NOON, ""), "no json")
            .canaries()
            .land(event(2, NOON, ""), "no json either");

    StepFigures figures = figures(landed.promote());

    assertThat(figures.taken()).isEqualTo(4);
    assertThat(figures.published()).isEqualTo(1);
    assertThat(figures.quarantined()).isEqualTo(1);
    assertThat(figures.suppressed()).isEqualTo(2);
    assertThat(figures.reasons()).containsEntry("CANARY", 2L).containsEntry("NOT_JSON", 1L);
    assertThat(landed.stage("id")).containsExactly(RowFactory.create(1L));
    assertThat(landed.quarantine("reason")).containsExactly(RowFactory.create("NOT_JSON"));
  }

  @Test
  void equalKeysInTheWindowAreOneEvent() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("dupes").with(optional("colour", Simple.STRING)).build())
            .land(event(1, NOON, ""), event(1, NOON, ""), event(2, NOON, "\"colour\":\"a\""))
            .land(event(2, NOON, "\"colour\":\"b\""), event(3, NOON, ""));
    figures(landed.promote());
    landed.land(
        event(3, NOON, ""), event(1, NOON, "\"colour\":\"c\""), event(1, NOON - 3 * DAY, ""));

    StepFigures figures = figures(landed.promote());

    assertThat(figures.duplicates()).isEqualTo(2);
    assertThat(figures.published()).isEqualTo(1);
    assertThat(landed.stage("_sequence", "id"))
        .containsExactly(
            RowFactory.create(0L, 1L),
            RowFactory.create(2L, 2L),
            RowFactory.create(4L, 3L),
            RowFactory.create(7L, 1L));
    assertThat(
            landed.quarantine(
                "sequence", "fate", "reason", "duplicate_of_sequence", "payload is null"))
        .containsExactly(
            RowFactory.create(1L, "duplicate", "SAME_EVENT", 0L, true),
            RowFactory.create(3L, "duplicate", "CONFLICTING_PAYLOAD", 2L, false),
            RowFactory.create(5L, "duplicate", "SAME_EVENT", 4L, true),
            RowFactory.create(6L, "duplicate", "CONFLICTING_PAYLOAD", 0L, false));
    byte[] sealed = (byte[]) landed.quarantine("payload")[3].get(0);
    assertThat(landed.cipher().unseal(sealed, SealedPlace.context(LandedByHand.lane(0), 6)))
        .isEqualTo(event(1, NOON, "\"colour\":\"c\"").getBytes(UTF_8));
  }

  private static final long DAY = 86_400_000L;

  @Test
  void rowsWithoutAWholeKeyNeverCollapse() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("nullkeys")
                    .optionalKey()
                    .with(
                        rule(
                            "once",
                            DuplicateKeys.query(List.of("id", "seen_at")),
                            new Comparison.EqualTo(0)))
                    .build())
            .land("{\"seen_at\":" + NOON + "}", "{\"seen_at\":" + NOON + "}")
            .land("{\"seen_at\":" + NOON + "}");

    assertThat(figures(landed.promote()).published()).isEqualTo(3);
  }

  @Test
  void lateEventsReachTheirPartition() {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of("late").build())
            .land(event(1, NOON, ""))
            .land(event(2, NOON - 400 * DAY, ""));

    figures(landed.promote());

    assertThat(
            landed
                .lake
                .spark()
                .sql("SELECT partition.seen_at_day FROM lake.late_stage.sightings.partitions")
                .count())
        .isEqualTo(2);
    assertThat(landed.stage("cast(seen_at as string)")[1].getString(0)).startsWith("2025-10-16");
  }

  @Test
  void nothingNewIsToldFromHeadsAlone() {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of("idle").build()).land(event(1, NOON, ""));
    assertThat(landed.promotion().plan().nothingToDo()).isFalse();
    figures(landed.promote());

    assertThat(landed.promote()).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(landed.promotion().plan().nothingToDo()).isTrue();
    assertThat(landed.lake.head("idle_stage.sightings").edition()).isEqualTo(1);
  }

  @Test
  void brokenSetRulePublishesNothing() {
    LandedByHand landed =
        new LandedByHand(
                ContractFixture.of("blocked")
                    .with(personal("plate", new SivToken("plate")))
                    .with(
                        rule(
                            "few",
                            "SELECT count(*) FROM {object}",
                            new Comparison.AtMost(1, false)))
                    .with(
                        rule(
                            "aside",
                            "SELECT count(*) FROM quarantine",
                            new Comparison.AtMost(9, false)))
                    .build())
            .land(event(1, NOON, "\"plate\":\"XQ-771-ZZ\""), event(2, NOON, ""), "poison");

    JobOutcome.Blocked blocked = (JobOutcome.Blocked) landed.promote();

    assertThat(blocked.what()).contains("few measured 2.0, must be <= 1");
    assertThat(blocked.results()).extracting("rule").containsExactly("few", "aside");
    assertThat(blocked.sample()).hasSize(2);
    assertThat(String.join("", blocked.sample())).contains("tok_").doesNotContain("XQ-771");
    assertThat(blocked.figures().balances()).isTrue();
    assertThat(landed.stage("id")).isEmpty();
    assertThat(landed.quarantine("reason")).isEmpty();
    assertThat(landed.lake.table("blocked_stage.sightings").refs().keySet()).isSubsetOf("main");
    assertThat(landed.lake.table("blocked_quarantine.sightings").refs().keySet())
        .isSubsetOf("main");
    assertThat(landed.lake.head("blocked_stage.sightings").edition()).isZero();
  }

  private static SetRule rule(String id, String query, Comparison must) {
    return new SetRule(id, SetRule.Severity.BLOCK, query, must, id);
  }

  @Test
  void unknownFieldsAreCountedByName() {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of("unknown").build())
            .land(event(1, NOON, "\"extra\":1"), event(2, NOON, "\"extra\":2,\"b@c.org\":1"));

    assertThat(figures(landed.promote()).notes())
        .containsEntry("unknownField.extra", 2L)
        .containsEntry("unknownField.(not a name)", 1L);
  }

  @Test
  void backlogIsTakenInBoundedCommits() {
    LandedByHand landed = new LandedByHand(ContractFixture.of("backlog").build());
    for (int i = 0; i < 5; i++) {
      landed.land(event(2 * i, NOON, ""), event(2 * i + 1, NOON, ""));
    }

    JobOutcome outcome =
        new PromoteRawToStage(
                landed.lake,
                landed.contract,
                landed.tenant,
                landed.keyset,
                LandedByHand.run(),
                ContractVersions.UNKNOWN,
                4)
            .run();

    assertThat(figures(outcome).published()).isEqualTo(10);
    assertThat(landed.lake.head("backlog_stage.sightings").edition()).isEqualTo(3);
  }

  @Test
  void rowsCarryPlaceEditionAndVersion() {
    LandedByHand landed =
        new LandedByHand(ContractFixture.of("origin").version("2.1.0").build())
            .land(event(1, NOON, ""))
            .land(event(2, NOON, ""));

    figures(landed.promote());

    assertThat(
            landed.stage(Lake.EDITION, "_lane", "_sequence", "_raw_edition", "_contract_version"))
        .containsExactly(
            RowFactory.create(1L, LandedByHand.lane(0), 0L, 1L, "2.1.0"),
            RowFactory.create(1L, LandedByHand.lane(0), 1L, 2L, "2.1.0"));
  }

  @Test
  void keysOfAnotherTenantAreRefused() {
    LandedByHand landed = new LandedByHand(ContractFixture.of("mine").build());
    LandedByHand other = new LandedByHand(ContractFixture.of("theirs").build());

    JobOutcome outcome =
        new PromoteRawToStage(
                landed.lake, landed.contract, landed.tenant, other.keyset, LandedByHand.run())
            .run();

    assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
    assertThat(((JobOutcome.Failed) outcome).kind()).isEqualTo(FailureKind.SETUP);
  }
}
