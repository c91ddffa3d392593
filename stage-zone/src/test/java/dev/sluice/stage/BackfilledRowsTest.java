package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static dev.sluice.stage.ContractFixture.personal;
import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static dev.sluice.stage.Speeds.at;
import static dev.sluice.stage.Speeds.backfill;
import static dev.sluice.stage.Speeds.colours;
import static dev.sluice.stage.Speeds.contract;
import static dev.sluice.stage.Speeds.done;
import static dev.sluice.stage.Speeds.speeds;
import static dev.sluice.stage.Speeds.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Evolution;
import dev.sluice.catalog.contract.Migration;
import dev.sluice.catalog.contract.PrivacyMethod.SivToken;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** What a backfill leaves of rows that fail, wait, repeat, or are not in raw any more. */
class BackfilledRowsTest {
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
  void rowsThatLeftRawStayAsTheyAre() {
    LandedByHand old =
        speeds("leftraw", 200, "1.0.0").land(at(2, 1)).land(at(2, 2), event(2001, NOON, ""));
    old.promote();
    LandedByHand today = colours(old);
    today.forget(1);

    StepFigures figures = done(backfill(today, Mode.CHANGED));

    assertThat(figures.notes()).containsEntry("goneFromRaw", 1L);
    assertThat(figures.balances()).isTrue();
    assertThat(today.stage("_sequence", "speed", "colour", "_contract_version"))
        .containsExactly(
            RowFactory.create(0L, 1, null, "1.0.0"), RowFactory.create(1L, 2, "red", "1.1.0"));
  }

  @Test
  void partitionsWhoseRowsHaveAllLeftRawAreNotDoneAgainAndAgain() {
    LandedByHand old = speeds("allleftraw", 200, "1.0.0").land(at(1, 1)).land(at(2, 2));
    old.promote();
    LandedByHand today = colours(old);
    today.forget(1);

    StepFigures figures = done(backfill(today, Mode.CHANGED));

    assertThat(figures.notes()).containsEntry("partitions", 1L);
    assertThat(backfill(today, Mode.CHANGED)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void sidefillKeepsPlacesTokensAndWhatSteppedAside() {
    ContractFixture first = aside("1.0.0").with(optional("note", Simple.STRING));
    LandedByHand old = new LandedByHand(first.build());
    old.land(event(1, NOON, "\"plate\":\"B-X 1\",\"note\":\"n\",\"colour\":\"red\""));
    old.promote();
    Row[] before = old.stage("_lane", "_sequence", "_raw_edition", "id", "plate", "note");
    LandedByHand today =
        old.applied(
            aside("2.0.0")
                .with(optional("colour", Simple.STRING))
                .build()
                .with(
                    new Evolution(
                        Optional.of(
                            new Migration(
                                1,
                                List.of(
                                    new Migration.OfTable(
                                        "sightings", Map.of(), Set.of("note"), Set.of())))),
                        Optional.empty())));

    done(sidefill(today).run());

    assertThat(today.stage("_lane", "_sequence", "_raw_edition", "id", "plate", "_note_until_2"))
        .isEqualTo(before);
    assertThat(today.stage("colour")).containsExactly(RowFactory.create("red"));
    assertThat(sidefill(today).plan().nothingToDo()).isTrue();
    assertThat(sidefill(today).run()).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void tableByMonthIsDoneByMonths() {
    LandedByHand old = speeds("months", 200, "1.0.0", "months(seen_at)").land(at(0, 1), at(2, 2));
    old.promote();

    StepFigures figures = done(backfill(old, Mode.FORCE));

    assertThat(figures.notes()).containsEntry("partitions", 1L).containsEntry("rows.new", 2L);
    assertThat(Heads.touchedSince(old.lake.table(stage(old)), 1).partitions())
        .containsExactly("2026-11");
  }

  @Test
  void tableThatIsNotPartitionedByTimeIsDoneAsAWhole() {
    LandedByHand old = speeds("whole", 200, "1.0.0", "bucket(2, id)").land(at(0, 1), at(2, 2));
    old.promote();

    StepFigures figures = done(backfill(old, Mode.FORCE));

    assertThat(figures.notes()).containsEntry("partitions", 1L).containsEntry("rows.new", 2L);
    assertThat(Heads.touchedSince(old.lake.table(stage(old)), 1).all()).isTrue();
  }

  private static ContractFixture aside(String version) {
    return ContractFixture.of("steppedaside")
        .version(version)
        .with(personal("plate", new SivToken("plate")));
  }

  private static BackfillStage sidefill(LandedByHand landed) {
    return BackfillStage.sidefill(
        landed.lake, landed.contract, landed.tenant, landed.keyset, LandedByHand.run(), 1);
  }
}
