package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static dev.sluice.catalog.tables.AStamp.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Touched;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decision alone: metadata in, metadata or refusal out; no catalog, no files. */
class DecideCommitTest {
  private static final String TABLE = "city_raw.cams";
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  private final DecideCommit decide = new DecideCommit(EnumSet.allOf(Rule.class));

  @Test
  void theFirstStampGivesAHead() {
    TableMetadata base = governed();
    TableMetadata next =
        appended(base, 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100).taking(OTHER, 0, 7));

    DecideCommit.Agreed agreed = decide.on(TABLE, base, next);

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
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    assertRefused(why, base, appended(base, 2, AStamp.ofEdition(2).taking(CAMERA, from, until)));
  }

  @Test
  void oneLaneTakenAndOneFittingIsMovedOn() {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    assertRefused(
        Refused.Why.LANE_MOVED_ON,
        base,
        appended(base, 2, AStamp.ofEdition(2).taking(CAMERA, 0, 100).taking(OTHER, 0, 5)));
  }

  @ParameterizedTest(name = "edition {0} after edition 1")
  @ValueSource(longs = {1, 3, 9})
  void anEditionThatIsNotTheNextIsRefused(long edition) {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    assertRefused(
        Refused.Why.EDITION,
        base,
        appended(base, 2, AStamp.ofEdition(edition).taking(CAMERA, 100, 200)));
  }

  @Test
  void aReplayIsCalledAlreadyTakenAlthoughItsEditionIsOldToo() {
    AStamp stamp = AStamp.ofEdition(1).taking(CAMERA, 0, 100);
    TableMetadata base = with(governed(), 1, stamp);

    assertRefused(Refused.Why.ALREADY_TAKEN, base, appended(base, 2, stamp));
  }

  @Test
  void anotherEpochIsRefused() {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));

    assertRefused(
        Refused.Why.STALE_EPOCH,
        base,
        appended(base, 2, AStamp.ofEdition(2).epoch(1).taking(CAMERA, 100, 200)));
  }

  @ParameterizedTest(name = "stamp {0}")
  @ValueSource(strings = {"{oops", "{}", "[]", "{\"format\":2}", "null", "{\"format\":1}"})
  void anUnreadableStampIsRefused(String text) {
    TableMetadata base = governed();

    assertRefused(
        Refused.Why.UNPROVEN,
        base,
        onMain(base, FakeSnapshot.append(1, null).with("sluice.stamp", text)));
  }

  @ParameterizedTest(name = "operation {0}")
  @ValueSource(strings = {"append", "overwrite", "delete"})
  void rowsOfAGovernedTableNeedAStamp(String operation) {
    TableMetadata base = governed();

    assertRefused(
        Refused.Why.UNSTAMPED,
        base,
        onMain(base, FakeSnapshot.append(1, null).operation(operation)));
  }

  @Test
  void rowsOfOtherTablesDoNot() {
    TableMetadata base = table(Map.of());
    TableMetadata next = onMain(base, FakeSnapshot.append(1, null));

    assertThat(decide.on(TABLE, base, next).metadata()).isSameAs(next);
  }

  @Test
  void compactionPassesBareAndLeavesTheHead() {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));
    TableMetadata next =
        onMain(
            base,
            FakeSnapshot.append(2, 1L)
                .operation("replace")
                .with("deleted-data-files", "3")
                .with("deleted-records", "10"));

    assertThat(decide.on(TABLE, base, next).metadata()).isSameAs(next);
  }

  @ParameterizedTest(name = "{0} records in, {1} out")
  @CsvSource({"10, 9", "9, 10"})
  void aCompactionThatChangesTheNumberOfRowsDoesNot(String in, String out) {
    TableMetadata base = governed();

    assertRefused(
        Refused.Why.UNSTAMPED,
        base,
        onMain(
            base,
            FakeSnapshot.append(1, null)
                .operation("replace")
                .with("added-records", in)
                .with("deleted-data-files", "3")
                .with("deleted-records", out)));
  }

  @Test
  void publishingAppliesTheStampsOnTheWayInOrder() {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata audited =
        onBranch(
            onBranch(
                base,
                FakeSnapshot.append(2, 1L)
                    .stamped(AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20))),
            FakeSnapshot.append(3, 2L)
                .stamped(
                    AStamp.ofEdition(3)
                        .branch("a")
                        .taking(CAMERA, 20, 30)
                        .touching(Touched.of(List.of("p1")))));

    TableMetadata published = decide.on(TABLE, audited, mainAt(audited, 3)).metadata();

    assertThat(Heads.of(published.properties()).lanes().at(new Lane(CAMERA))).isEqualTo(30);
    assertThat(Heads.of(published.properties()).edition()).isEqualTo(3);
    assertThat(Heads.log(published.properties()).since(2).partitions()).containsExactly("p1");
    assertThat(Heads.log(published.properties()).since(3)).isEqualTo(Touched.NOTHING);
  }

  @Test
  void aBranchWithTheSameStampTwiceIsRefusedWhole() {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    AStamp twice = AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20);
    TableMetadata audited =
        onBranch(
            onBranch(base, FakeSnapshot.append(2, 1L).stamped(twice)),
            FakeSnapshot.append(3, 2L).stamped(twice));

    assertRefused(Refused.Why.ALREADY_TAKEN, audited, mainAt(audited, 3));
  }

  @Test
  void aStampedBranchWriteThatArrivesOnMainIsRefused() {
    TableMetadata base = governed();

    assertRefused(
        Refused.Why.WRONG_BRANCH,
        base,
        appended(base, 1, AStamp.ofEdition(1).branch("a").taking(CAMERA, 0, 10)));
  }

  @Test
  void aPickedSnapshotHasTheStampOfItsSource() {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata audited =
        onBranch(
            base,
            FakeSnapshot.append(2, 1L)
                .stamped(AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20)));

    TableMetadata picked =
        onMain(audited, FakeSnapshot.append(3, 1L).with("source-snapshot-id", "2"));
    TableMetadata agreed = decide.on(TABLE, audited, picked).metadata();

    assertThat(Heads.of(agreed.properties()).lanes().at(new Lane(CAMERA))).isEqualTo(20);
  }

  @ParameterizedTest(name = "source {0}")
  @ValueSource(strings = {"77", "-5", "zebra", ""})
  void aPickedSnapshotWithoutItsSourceIsRefused(String source) {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));

    assertRefused(
        Refused.Why.UNPROVEN,
        base,
        onMain(base, FakeSnapshot.append(3, 1L).with("source-snapshot-id", source)));
  }

  @Test
  void mainDoesNotGoBack() {
    TableMetadata one = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata two = with(one, 2, AStamp.ofEdition(2).taking(CAMERA, 10, 20));

    assertThatThrownBy(() -> decide.on(TABLE, two, mainAt(two, 1)))
        .isInstanceOf(MainWouldGoBack.class)
        .hasMessageContaining("rewind");
  }

  @Test
  void mainDoesNotGoBackToWhatHasLostItsParents() {
    TableMetadata one = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    TableMetadata two = with(one, 2, AStamp.ofEdition(2).taking(CAMERA, 10, 20));
    TableMetadata three = with(two, 3, AStamp.ofEdition(3).taking(CAMERA, 20, 30));
    TableMetadata expired =
        TableMetadata.buildFrom(three).removeSnapshots(Set.of(1L)).discardChanges().build();

    assertThatThrownBy(() -> decide.on(TABLE, expired, mainAt(expired, 2)))
        .isInstanceOf(MainWouldGoBack.class);
  }

  @Test
  void aNewSnapshotOverAnExpiredOneIsRefused() {
    TableMetadata one = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));

    assertRefused(
        Refused.Why.UNPROVEN,
        one,
        onMain(
            one, FakeSnapshot.append(5, 4L).stamped(AStamp.ofEdition(2).taking(CAMERA, 10, 20))));
  }

  @Test
  void aNewSnapshotThatDoesNotDescendFromMainIsRefused() {
    TableMetadata one = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 10));

    assertRefused(
        Refused.Why.REPLACE,
        one,
        onMain(
            one, FakeSnapshot.append(5, null).stamped(AStamp.ofEdition(2).taking(CAMERA, 10, 20))));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"sluice.head", "sluice.touched", "sluice.governed"})
  void whatTheGuardKeepsIsNotSetByOthers(String property) {
    TableMetadata base =
        with(
            governed(),
            1,
            AStamp.ofEdition(1).taking(CAMERA, 0, 10).touching(Touched.of(List.of("a"))));

    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        base,
        TableMetadata.buildFrom(base).setProperties(Map.of(property, "{}")).build());
    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        base,
        TableMetadata.buildFrom(base).removeProperties(Set.of(property)).build());
  }

  @Test
  void aTableIsNotBornWithAHead() {
    assertThatThrownBy(
            () -> decide.on(TABLE, null, table(Map.of("sluice.head", HeadText.write(Head.NONE)))))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.why()).isEqualTo(Refused.Why.HEAD_TAMPERED));
  }

  @Test
  void aTableThatClaimsEncryptionIsRefused() {
    TableMetadata base = governed();

    assertRefused(
        Refused.Why.KEY,
        base,
        TableMetadata.buildFrom(base).setProperties(Map.of("encryption.key-id", "k")).build());
  }

  @Test
  void columnsOfAGovernedTableChangeOnlyWithItsContract() {
    TableMetadata base = governed();
    Schema wider =
        new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "item", Types.StringType.get()));

    assertRefused(Refused.Why.CONTRACT, base, base.updateSchema(wider));
    TableMetadata declared =
        TableMetadata.buildFrom(base.updateSchema(wider))
            .setProperties(Map.of(GovernedTables.CONTRACT_VERSION, "2.0.0"))
            .build();
    assertThat(decide.on(TABLE, base, declared).metadata()).isSameAs(declared);
  }

  @Test
  void evenTheContractOnlyAddsOptionalColumns() {
    TableMetadata base = governed();

    for (Schema schema :
        List.of(
            new Schema(Types.NestedField.required(1, "renamed", Types.LongType.get())),
            new Schema(Types.NestedField.required(2, "id", Types.LongType.get())),
            new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())),
            new Schema(
                Types.NestedField.required(1, "id", Types.LongType.get()),
                Types.NestedField.required(2, "item", Types.StringType.get())))) {
      TableMetadata next =
          TableMetadata.buildFrom(base)
              .setCurrentSchema(schema, 2)
              .setProperties(Map.of(GovernedTables.CONTRACT_VERSION, "2.0.0"))
              .build();
      assertRefused(Refused.Why.CONTRACT, base, next);
    }
  }

  @Test
  void refusalsSayWhatWasExpectedWhatCameAndWhatToDo() {
    TableMetadata base = with(governed(), 1, AStamp.ofEdition(1).taking(CAMERA, 0, 100));
    TableMetadata next = appended(base, 2, AStamp.ofEdition(2).run("r77").taking(CAMERA, 200, 300));

    assertThatThrownBy(() -> decide.on(TABLE, base, next))
        .hasMessageContaining(TABLE)
        .hasMessageContaining("from 100")
        .hasMessageContaining("[200, 300)")
        .hasMessageContaining("r77")
        .hasMessageContaining("read the head again");
  }

  private void assertRefused(Refused.Why why, TableMetadata base, TableMetadata next) {
    assertThatThrownBy(() -> decide.on(TABLE, base, next))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.why()).isEqualTo(why));
  }

  private static TableMetadata governed() {
    return table(Map.of(GovernedTables.GOVERNED, "true", GovernedTables.CONTRACT_VERSION, "1.0.0"));
  }

  private static TableMetadata table(Map<String, String> properties) {
    return TableMetadata.buildFrom(
            TableMetadata.newTableMetadata(
                SCHEMA, PartitionSpec.unpartitioned(), "memory://t", properties))
        .discardChanges()
        .build();
  }

  private TableMetadata with(TableMetadata base, long id, AStamp stamp) {
    TableMetadata agreed = decide.on(TABLE, base, appended(base, id, stamp)).metadata();
    return TableMetadata.buildFrom(agreed).discardChanges().build();
  }

  private static TableMetadata appended(TableMetadata base, long id, AStamp stamp) {
    Long parent = base.currentSnapshot() == null ? null : base.currentSnapshot().snapshotId();
    return onMain(base, FakeSnapshot.append(id, parent).stamped(stamp));
  }

  private static TableMetadata onMain(TableMetadata base, FakeSnapshot snapshot) {
    return TableMetadata.buildFrom(base)
        .setBranchSnapshot(snapshot, SnapshotRef.MAIN_BRANCH)
        .build();
  }

  private static TableMetadata onBranch(TableMetadata base, FakeSnapshot snapshot) {
    return TableMetadata.buildFrom(base).setBranchSnapshot(snapshot, "a").discardChanges().build();
  }

  private static TableMetadata mainAt(TableMetadata base, long id) {
    return TableMetadata.buildFrom(base).setBranchSnapshot(id, SnapshotRef.MAIN_BRANCH).build();
  }
}
