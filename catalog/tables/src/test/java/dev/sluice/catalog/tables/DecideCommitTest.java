package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static dev.sluice.catalog.tables.AStamp.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Touched;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stamps against heads, alone: metadata in, metadata or refusal out; no catalog, no files. */
class DecideCommitTest {
  @Test
  void theFirstStampGivesAHead() {
    TableMetadata base = Metadata.governed();
    TableMetadata next =
        Metadata.appended(base, 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100).taking(OTHER, 0, 7));

    DecideCommit.Agreed agreed = Metadata.decide(base, next);

    Head head = Heads.of(agreed.metadata().properties());
    assertThat(head.edition()).isEqualTo(1);
    assertThat(head.lanes().at(new Lane(CAMERA))).isEqualTo(100);
    assertThat(head.lanes().at(new Lane(OTHER))).isEqualTo(7);
    assertThat(agreed.movesMain()).isTrue();
    assertThat(agreed.stamp()).isPresent();
    assertThat(agreed.metadata().changes()).hasSizeGreaterThan(next.changes().size());
  }

  @ParameterizedTest(name = "[{0}, {1}) on a head at 100 is {2}")
  @CsvSource({
    "0, 100, ALREADY_TAKEN",
    "20, 30, ALREADY_TAKEN",
    "50, 150, LANE_MOVED_ON",
    "200, 300, LANE_GAP",
    "99, 100, ALREADY_TAKEN",
    "101, 101, LANE_GAP"
  })
  void aRangeThatDoesNotStartAtTheHeadIsRefused(long from, long until, Refused.Why why) {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    Metadata.assertRefused(
        why, base, Metadata.appended(base, 2, AStamp.ofEdition(2).taking(CAMERA, from, until)));
  }

  @Test
  void oneLaneTakenAndOneFittingIsMovedOn() {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    Metadata.assertRefused(
        Refused.Why.LANE_MOVED_ON,
        base,
        Metadata.appended(base, 2, AStamp.ofEdition(2).taking(CAMERA, 0, 100).taking(OTHER, 0, 5)));
  }

  @ParameterizedTest(name = "edition {0} after edition 1")
  @ValueSource(longs = {1, 3, 9})
  void anEditionThatIsNotTheNextIsRefused(long edition) {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    Metadata.assertRefused(
        Refused.Why.EDITION,
        base,
        Metadata.appended(base, 2, AStamp.ofEdition(edition).taking(CAMERA, 100, 200)));
  }

  @Test
  void aReplayIsCalledAlreadyTakenAlthoughItsEditionIsOldToo() {
    AStamp stamp = AStamp.ofEdition(1).taking(CAMERA, 0, 100);
    TableMetadata base = Metadata.with(Metadata.governed(), 1, stamp);

    Metadata.assertRefused(Refused.Why.ALREADY_TAKEN, base, Metadata.appended(base, 2, stamp));
  }

  @Test
  void anotherEpochIsRefused() {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    Metadata.assertRefused(
        Refused.Why.STALE_EPOCH,
        base,
        Metadata.appended(base, 2, AStamp.ofEdition(2).epoch(1).taking(CAMERA, 100, 200)));
  }

  @ParameterizedTest(name = "stamp {0}")
  @ValueSource(strings = {"{oops", "{}", "[]", "{\"format\":2}", "null", "{\"format\":1}"})
  void anUnreadableStampIsRefused(String text) {
    TableMetadata base = Metadata.governed();

    Metadata.assertRefused(
        Refused.Why.UNPROVEN,
        base,
        Metadata.onMain(base, FakeSnapshot.append(1, null).with("sluice.stamp", text)));
  }

  @ParameterizedTest(name = "operation {0}")
  @ValueSource(strings = {"append", "overwrite", "delete"})
  void rowsOfAGovernedTableNeedAStamp(String operation) {
    TableMetadata base = Metadata.governed();

    Metadata.assertRefused(
        Refused.Why.UNSTAMPED,
        base,
        Metadata.onMain(base, FakeSnapshot.append(1, null).operation(operation)));
  }

  @Test
  void rowsOfOtherTablesDoNot() {
    TableMetadata base = Metadata.table(Map.of());
    TableMetadata next = Metadata.onMain(base, FakeSnapshot.append(1, null));

    assertThat(Metadata.decide(base, next).metadata()).isSameAs(next);
  }

  @Test
  void compactionPassesBareAndLeavesTheHead() {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));
    TableMetadata next =
        Metadata.onMain(
            base,
            FakeSnapshot.append(2, 1L)
                .operation("replace")
                .with("deleted-data-files", "3")
                .with("deleted-records", "10"));

    assertThat(Metadata.decide(base, next).metadata()).isSameAs(next);
  }

  @ParameterizedTest(name = "{0} records in, {1} out")
  @CsvSource({"10, 9", "9, 10"})
  void aCompactionThatChangesTheNumberOfRowsDoesNot(String in, String out) {
    TableMetadata base = Metadata.governed();

    Metadata.assertRefused(
        Refused.Why.UNSTAMPED,
        base,
        Metadata.onMain(
            base,
            FakeSnapshot.append(1, null)
                .operation("replace")
                .with("added-records", in)
                .with("deleted-data-files", "3")
                .with("deleted-records", out)));
  }

  @Test
  void publishingAppliesTheStampsOnTheWayInOrder() {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata audited =
        Metadata.onBranch(
            Metadata.onBranch(
                base,
                FakeSnapshot.append(2, 1L)
                    .stamped(AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20))),
            FakeSnapshot.append(3, 2L)
                .stamped(
                    AStamp.ofEdition(3)
                        .branch("a")
                        .taking(CAMERA, 20, 30)
                        .touching(Touched.of(List.of("p1")))));

    TableMetadata published = Metadata.decide(audited, Metadata.mainAt(audited, 3)).metadata();

    assertThat(Heads.of(published.properties()).lanes().at(new Lane(CAMERA))).isEqualTo(30);
    assertThat(Heads.of(published.properties()).edition()).isEqualTo(3);
    assertThat(Heads.log(published.properties()).since(2).partitions()).containsExactly("p1");
    assertThat(Heads.log(published.properties()).since(3)).isEqualTo(Touched.NOTHING);
  }

  @Test
  void aBranchWithTheSameStampTwiceIsRefusedWhole() {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    AStamp twice = AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20);
    TableMetadata audited =
        Metadata.onBranch(
            Metadata.onBranch(base, FakeSnapshot.append(2, 1L).stamped(twice)),
            FakeSnapshot.append(3, 2L).stamped(twice));

    Metadata.assertRefused(Refused.Why.ALREADY_TAKEN, audited, Metadata.mainAt(audited, 3));
  }

  @Test
  void aStampedBranchWriteThatArrivesOnMainIsRefused() {
    TableMetadata base = Metadata.governed();

    Metadata.assertRefused(
        Refused.Why.WRONG_BRANCH,
        base,
        Metadata.appended(base, 1, AStamp.ofEdition(1).branch("a").taking(CAMERA, 0, 10)));
  }

  @Test
  void aPickedSnapshotHasTheStampOfItsSource() {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata audited =
        Metadata.onBranch(
            base,
            FakeSnapshot.append(2, 1L)
                .stamped(AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20)));

    TableMetadata picked =
        Metadata.onMain(audited, FakeSnapshot.append(3, 1L).with("source-snapshot-id", "2"));
    TableMetadata agreed = Metadata.decide(audited, picked).metadata();

    assertThat(Heads.of(agreed.properties()).lanes().at(new Lane(CAMERA))).isEqualTo(20);
  }

  @ParameterizedTest(name = "source {0}")
  @ValueSource(strings = {"77", "-5", "zebra", ""})
  void aPickedSnapshotWithoutItsSourceIsRefused(String source) {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));

    Metadata.assertRefused(
        Refused.Why.UNPROVEN,
        base,
        Metadata.onMain(base, FakeSnapshot.append(3, 1L).with("source-snapshot-id", source)));
  }

  @Test
  void refusalsSayWhatWasExpectedWhatCameAndWhatToDo() {
    TableMetadata base =
        Metadata.with(Metadata.governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));
    TableMetadata next =
        Metadata.appended(base, 2, AStamp.ofEdition(2).run("r77").taking(CAMERA, 200, 300));

    assertThatThrownBy(() -> Metadata.decide(base, next))
        .hasMessageContaining(Metadata.TABLE)
        .hasMessageContaining("from 100")
        .hasMessageContaining("[200, 300)")
        .hasMessageContaining("r77")
        .hasMessageContaining("read the head again");
  }
}
