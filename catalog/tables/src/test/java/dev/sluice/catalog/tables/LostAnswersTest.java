package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answer to the pointer swap is lost after it was applied, and other writers commit before
 * anything is tried again: experiment M1 of the fault reference, on a real Postgres.
 */
class LostAnswersTest {
  private final String name = "lost.t" + UUID.randomUUID().toString().replace("-", "");
  private final GuardedCatalog clean = TestCatalogs.onPostgres();

  enum Operation {
    FAST_APPEND,
    MERGE_APPEND,
    ROW_DELTA;

    SnapshotUpdate<?> on(Table table, DataFile file) {
      return switch (this) {
        case FAST_APPEND -> table.newFastAppend().appendFile(file);
        case MERGE_APPEND -> table.newAppend().appendFile(file);
        case ROW_DELTA -> table.newRowDelta().addRows(file);
      };
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void theStockCatalogLosesTheOtherWritersCommit(Operation operation) {
    List<String> acknowledged = new ArrayList<>();
    Table mine = lossyTable(new JdbcCatalog(), false, acknowledged);
    LossyDriver.arm(new LossyDriver.Fault("08006", true, () -> others(1, 1, false, acknowledged)));
    DataFile file = SparkLikeWriter.file(mine);

    operation.on(mine, file).commit(); // reports success

    acknowledged.add(file.location());
    assertThat(acknowledged).hasSize(3);
    assertThat(SparkLikeWriter.live(clean, name))
        .hasSize(2)
        .isSubsetOf(acknowledged)
        .contains(file.location());
  }

  @ParameterizedTest(name = "{0}, {1}, {2} others")
  @MethodSource("matrix")
  void oursLosesNothing(Operation operation, String state, int others) {
    List<String> acknowledged = new ArrayList<>();
    Table mine = lossyTable(new GuardedCatalog(), true, acknowledged);
    LossyDriver.arm(
        new LossyDriver.Fault(state, true, () -> others(others, 3, true, acknowledged)));
    DataFile file = SparkLikeWriter.file(mine);
    SnapshotUpdate<?> update = operation.on(mine, file);
    update.set("sluice.stamp", AStamp.ofEdition(2).taking(CAMERA, 10, 20).text());

    SparkLikeWriter.commit(mine, file, update::commit);

    acknowledged.add(file.location());
    assertThat(LossyDriver.isArmed()).isFalse();
    assertThat(SparkLikeWriter.live(clean, name)).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(SparkLikeWriter.audit(clean, name).missing()).isEmpty();
    assertRerunIsRefused(AStamp.ofEdition(2).taking(CAMERA, 10, 20));
  }

  static Stream<Arguments> matrix() {
    return Stream.of(Operation.values())
        .flatMap(
            operation ->
                Stream.of("08006", "57P01", "08S01")
                    .flatMap(
                        state -> Stream.of(0, 1, 3).map(n -> Arguments.of(operation, state, n))));
  }

  @ParameterizedTest(name = "{0}, {1} others")
  @CsvSource({"08006, 0", "57P01, 0", "08006, 1", "57P01, 1"})
  void aSwapThatNeverArrivedIsSentAgain(String state, int others) {
    List<String> acknowledged = new ArrayList<>();
    Table mine = lossyTable(new GuardedCatalog(), true, acknowledged);
    LossyDriver.arm(new LossyDriver.Fault(state, false, () -> bare(others, acknowledged)));

    try {
      String file = SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20));
      acknowledged.add(file);
    } catch (OutcomeUnknown e) {
      assertThat(others).isPositive(); // another commit has hidden that ours was not applied
    }

    assertThat(SparkLikeWriter.live(clean, name)).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(SparkLikeWriter.audit(clean, name).missing()).isEmpty();
  }

  @Test
  void aSwapThatArrivesLateIsRecognised() {
    List<String> acknowledged = new ArrayList<>();
    Table mine = lossyTable(new GuardedCatalog(), true, acknowledged);
    LossyDriver.arm(
        new LossyDriver.Fault(
            "08006", LossyDriver.Fate.LATE, () -> others(1, 3, true, acknowledged)));

    acknowledged.add(SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20)));

    assertThat(SparkLikeWriter.live(clean, name)).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(SparkLikeWriter.audit(clean, name).missing()).isEmpty();
  }

  @Test
  void anUndecidedSecondTryIsNotHiddenByTheFirst() {
    List<String> acknowledged = new ArrayList<>();
    Table mine = lossyTable(new GuardedCatalog(), true, acknowledged);
    LossyDriver.Fault second =
        new LossyDriver.Fault("08006", true, () -> others(3, 3, true, acknowledged));
    LossyDriver.arm(new LossyDriver.Fault("08006", false, () -> LossyDriver.arm(second)));

    acknowledged.add(SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20)));

    assertThat(SparkLikeWriter.live(clean, name))
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(SparkLikeWriter.audit(clean, name).missing()).isEmpty();
  }

  @ParameterizedTest(name = "{0} others")
  @CsvSource({"0", "1", "3"})
  void aPublishedBranchIsFoundOnMain(int others) {
    List<String> acknowledged = new ArrayList<>();
    Table mine = lossyTable(new GuardedCatalog(), true, acknowledged);
    AuditBranches.create(mine, "a");
    AStamp stamp = AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20);
    acknowledged.add(SparkLikeWriter.append(mine, stamp, "a"));
    LossyDriver.arm(
        new LossyDriver.Fault("08006", true, () -> others(others, 3, true, acknowledged)));

    AuditBranches.publish(mine, "a");

    assertThat(LossyDriver.isArmed()).isFalse();
    assertThat(SparkLikeWriter.live(clean, name)).containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(mine.refs()).containsOnlyKeys("main");
  }

  @Test
  void anAppliedCommitThatHasExpiredMeanwhileKeepsItsFiles() {
    List<String> acknowledged = new ArrayList<>();
    Table mine = lossyTable(new GuardedCatalog(), true, acknowledged);
    LossyDriver.arm(new LossyDriver.Fault("08006", true, () -> commitAndExpire(acknowledged)));

    assertThatThrownBy(
            () -> SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20)))
        .isInstanceOf(OutcomeUnknown.class)
        .isNotInstanceOf(CleanableFailure.class);

    assertThat(SparkLikeWriter.live(clean, name)).hasSize(3).containsAll(acknowledged);
    assertThat(SparkLikeWriter.audit(clean, name).missing()).isEmpty();
  }

  @Test
  void withoutLookingThatCommitWouldLoseItsFiles() {
    List<String> acknowledged = new ArrayList<>();
    EnumSet<Rule> rules = EnumSet.complementOf(EnumSet.of(Rule.LOST_ANSWERS));
    Table mine = lossyTable(new GuardedCatalog(rules), true, acknowledged);
    LossyDriver.arm(new LossyDriver.Fault("08006", true, () -> commitAndExpire(acknowledged)));

    assertThatThrownBy(
            () -> SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20)))
        .isInstanceOf(Refused.class);

    assertThat(SparkLikeWriter.audit(clean, name).missing()).isNotEmpty();
  }

  @Test
  void withoutLookingTheGuardStillKeepsMainFromGoingBack() {
    List<String> acknowledged = new ArrayList<>();
    EnumSet<Rule> rules = EnumSet.complementOf(EnumSet.of(Rule.LOST_ANSWERS));
    Table mine = lossyTable(new GuardedCatalog(rules), true, acknowledged);
    LossyDriver.arm(new LossyDriver.Fault("08006", true, () -> others(1, 3, true, acknowledged)));

    assertThatThrownBy(
            () -> SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20)))
        .isInstanceOf(MainWouldGoBack.class)
        .isNotInstanceOf(CleanableFailure.class);

    assertThat(SparkLikeWriter.live(clean, name)).hasSize(3).containsAll(acknowledged);
    assertThat(SparkLikeWriter.audit(clean, name).missing()).isEmpty();
  }

  @Test
  void aTableThatIsDroppedMeanwhileLeavesTheOutcomeUnknown() {
    Table mine = lossyTable(new GuardedCatalog(), true, new ArrayList<>());
    LossyDriver.arm(
        new LossyDriver.Fault(
            "08006",
            true,
            () -> {
              TableIdentifier table = TableIdentifier.parse(name);
              clean.dropGoverned(table, Heads.of(clean.loadTable(table)), false);
            }));

    assertThatThrownBy(
            () -> SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20)))
        .isInstanceOf(OutcomeUnknown.class)
        .hasRootCauseInstanceOf(java.sql.SQLException.class);
  }

  @Test
  void anAnswerThatIsNoLossPassesThrough() {
    Table mine = lossyTable(new GuardedCatalog(), true, new ArrayList<>());
    LossyDriver.arm(new LossyDriver.Fault("53100", false, () -> {}));

    assertThatThrownBy(
            () -> SparkLikeWriter.append(mine, AStamp.ofEdition(2).taking(CAMERA, 10, 20)))
        .isInstanceOf(UncheckedSQLException.class);
  }

  private Table lossyTable(JdbcCatalog catalog, boolean governed, List<String> acknowledged) {
    Table table = SparkLikeWriter.table(clean, name, governed);
    acknowledged.add(
        governed
            ? SparkLikeWriter.append(table, AStamp.ofEdition(1).taking(CAMERA, 0, 10))
            : SparkLikeWriter.append(table, Map.of(), "main"));
    Catalog lossy = TestCatalogs.onPostgres(catalog, LossyDriver.url(TestCatalogs.postgresUrl()));
    return lossy.loadTable(TableIdentifier.parse(name));
  }

  private void others(int count, long edition, boolean stamped, List<String> acknowledged) {
    Table theirs = clean.loadTable(TableIdentifier.parse(name));
    for (int i = 0; i < count; i++) {
      AStamp stamp = AStamp.ofEdition(edition + i).taking(AStamp.OTHER, i, i + 1);
      acknowledged.add(
          stamped
              ? SparkLikeWriter.append(theirs, stamp)
              : SparkLikeWriter.append(theirs, Map.of(), "main"));
    }
  }

  /** Commits of a table property, which neither take a lane nor an edition. */
  private void bare(int count, List<String> acknowledged) {
    for (int i = 0; i < count; i++) {
      clean
          .loadTable(TableIdentifier.parse(name))
          .updateProperties()
          .set("note", "n" + acknowledged.size() + i)
          .commit();
    }
  }

  private void commitAndExpire(List<String> acknowledged) {
    others(1, 3, true, acknowledged);
    clean
        .loadTable(TableIdentifier.parse(name))
        .expireSnapshots()
        .expireOlderThan(Long.MAX_VALUE)
        .retainLast(1)
        .commit();
  }

  private void assertRerunIsRefused(AStamp stamp) {
    Table table = clean.loadTable(TableIdentifier.parse(name));
    assertThatThrownBy(() -> SparkLikeWriter.append(table, stamp))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.why()).isEqualTo(Refused.Why.ALREADY_TAKEN));
    assertThat(SparkLikeWriter.audit(clean, name).missing()).isEmpty();
  }
}
