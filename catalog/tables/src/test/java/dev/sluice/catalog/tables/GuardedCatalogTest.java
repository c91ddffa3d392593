package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static dev.sluice.catalog.tables.AStamp.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Touched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.TableIdentifier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard in a catalog with real files: what moves, what is refused, and which files remain. */
class GuardedCatalogTest {
  private static final String NAME = "city_raw.cams";
  private static final TableIdentifier TABLE = TableIdentifier.parse(NAME);
  @TempDir Path directory;
  private GuardedCatalog catalog;
  private Table table;

  @BeforeEach
  void makeTable() {
    catalog = TestCatalogs.onSqlite(directory);
    table = SparkLikeWriter.table(catalog, NAME, true);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void eachStampedCommitMovesTheHead() {
    append(1, 0, 10);
    append(2, 10, 30);

    assertThat(head()).isEqualTo(HeadText.read(property("sluice.head")));
    assertThat(head().edition()).isEqualTo(2);
    assertThat(head().lanes().at(new Lane(CAMERA))).isEqualTo(30);
  }

  @Test
  void anEmptyRunIsClosedWithoutFiles() {
    append(1, 0, 10);

    EmptyCommit.close(fresh(), AStamp.ofEdition(2).taking(CAMERA, 10, 40).stamp());

    assertThat(head().lanes().at(new Lane(CAMERA))).isEqualTo(40);
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(1);
  }

  @Test
  void aReplayIsRefusedAlsoAfterItsSnapshotExpired() throws IOException {
    append(1, 0, 10);
    append(2, 10, 20);
    fresh().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

    assertRefusedAndCleaned(Refused.Why.ALREADY_TAKEN, () -> append(1, 0, 10));
    assertThat(fresh().snapshots()).hasSize(1);
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(2);
  }

  @Test
  void everyRefusalLeavesNeitherOrphansNorHoles() throws IOException {
    append(1, 0, 10);

    assertRefusedAndCleaned(Refused.Why.ALREADY_TAKEN, () -> append(2, 0, 10));
    assertRefusedAndCleaned(Refused.Why.LANE_MOVED_ON, () -> append(2, 5, 15));
    assertRefusedAndCleaned(Refused.Why.LANE_GAP, () -> append(2, 11, 15));
    assertRefusedAndCleaned(Refused.Why.EDITION, () -> append(3, 10, 15));
    assertRefusedAndCleaned(
        Refused.Why.STALE_EPOCH,
        () -> SparkLikeWriter.append(fresh(), AStamp.ofEdition(2).epoch(1).taking(CAMERA, 10, 20)));
    assertRefusedAndCleaned(
        Refused.Why.UNSTAMPED, () -> SparkLikeWriter.append(fresh(), Map.of(), "main"));
    assertRefusedAndCleaned(
        Refused.Why.UNPROVEN,
        () -> SparkLikeWriter.append(fresh(), Map.of("sluice.stamp", "{oops"), "main"));
    assertRefusedAndCleaned(
        Refused.Why.WRONG_BRANCH,
        () ->
            SparkLikeWriter.append(
                fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20)));
  }

  @Test
  void aBranchIsPublishedAndDroppedInOneCommit() {
    append(1, 0, 10);
    AuditBranches.create(fresh(), "audit_r1");
    SparkLikeWriter.append(
        fresh(), AStamp.ofEdition(2).branch("audit_r1").taking(CAMERA, 10, 20), "audit_r1");
    assertThat(head().edition()).isEqualTo(1);
    String before = metadataLocation();

    Head after = AuditBranches.publish(fresh(), "audit_r1");

    assertThat(after.edition()).isEqualTo(2);
    assertThat(after).isEqualTo(head());
    assertThat(fresh().refs()).containsOnlyKeys("main");
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(2);
    TableMetadata current = ops().current();
    assertThat(current.previousFiles().get(current.previousFiles().size() - 1).file())
        .isEqualTo(before);
  }

  @Test
  void aBranchOfAnEmptyTableIsPublishedToo() {
    AuditBranches.create(fresh(), "a");
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(1).branch("a").taking(CAMERA, 0, 10), "a");

    assertThat(AuditBranches.publish(fresh(), "a").edition()).isEqualTo(1);
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(1);
  }

  @Test
  void anEmptyBranchRunIsClosedAndPublished() {
    AuditBranches.create(fresh(), "a");
    EmptyCommit.close(
        fresh(),
        AStamp.ofEdition(1).branch("a").taking(CAMERA, 0, 10).stamp(),
        java.util.Optional.of("a"));

    assertThat(AuditBranches.publish(fresh(), "a").lanes().at(new Lane(CAMERA))).isEqualTo(10);
  }

  @Test
  void twoBranchesOfOneIntervalGiveOneWinner() throws IOException {
    append(1, 0, 10);
    for (String branch : List.of("a", "b")) {
      AuditBranches.create(fresh(), branch);
      SparkLikeWriter.append(
          fresh(), AStamp.ofEdition(2).branch(branch).taking(CAMERA, 10, 20), branch);
    }

    AuditBranches.publish(fresh(), "a");
    assertRefusedAndCleaned(Refused.Why.ALREADY_TAKEN, () -> AuditBranches.publish(fresh(), "b"));

    assertThat(fresh().refs()).containsKey("b");
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(2);
  }

  @Test
  void anAppendIsPutOnTopWhenOnlyCompactionIntervened() {
    append(1, 0, 10);
    AuditBranches.create(fresh(), "a");
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    compact();

    Head after = AuditBranches.publish(fresh(), "a");

    assertThat(after.edition()).isEqualTo(2);
    assertThat(after.lanes().at(new Lane(CAMERA))).isEqualTo(20);
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(2);
    assertThat(fresh().refs()).containsOnlyKeys("main");
  }

  @Test
  void aBranchOfTwoCommitsIsNotPutOnTop() throws IOException {
    append(1, 0, 10);
    AuditBranches.create(fresh(), "a");
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(3).branch("a").taking(CAMERA, 20, 30), "a");
    compact();

    assertRefusedAndCleaned(Refused.Why.LANE_MOVED_ON, () -> AuditBranches.publish(fresh(), "a"));
  }

  @Test
  void aTransactionAppliesItsStampsInOrder() {
    Transaction transaction = fresh().newTransaction();
    for (int edition = 1; edition <= 2; edition++) {
      transaction
          .newFastAppend()
          .appendFile(SparkLikeWriter.file(table))
          .set(
              "sluice.stamp",
              AStamp.ofEdition(edition).taking(CAMERA, edition * 10 - 10, edition * 10).text())
          .commit();
    }
    transaction.updateProperties().set("note", "x").commit();
    transaction.commitTransaction();

    assertThat(head().edition()).isEqualTo(2);
    assertThat(property("note")).isEqualTo("x");
  }

  @Test
  void touchedPartitionsAreKeptAndExpireWithNothing() {
    SparkLikeWriter.append(
        fresh(), AStamp.ofEdition(1).taking(CAMERA, 0, 10).touching(Touched.of(List.of("a"))));
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(2).touching(Touched.ALL));

    assertThat(Heads.touchedSince(fresh(), 0)).isEqualTo(Touched.ALL);
    assertThat(Heads.touchedSince(fresh(), 2)).isEqualTo(Touched.NOTHING);
  }

  @Test
  void headsAreNotEditedByHand() {
    append(1, 0, 10);

    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        () -> fresh().updateProperties().set("sluice.head", "{}").commit());
    assertRefused(
        Refused.Why.HEAD_TAMPERED, () -> fresh().updateProperties().remove("sluice.head").commit());
    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        () -> fresh().updateProperties().remove("sluice.governed").commit());
    fresh().updateProperties().set("comment", "ours").commit();
    assertThat(head().edition()).isEqualTo(1);
  }

  @Test
  void governedTablesAreNotDroppedRenamedOrReplaced() {
    append(1, 0, 10);

    assertRefused(Refused.Why.REPLACE, () -> catalog.dropTable(TABLE, true));
    assertRefused(
        Refused.Why.REPLACE,
        () -> catalog.renameTable(TABLE, TableIdentifier.parse("city_raw.other")));
    assertRefused(
        Refused.Why.REPLACE,
        () ->
            catalog
                .buildTable(TABLE, SparkLikeWriter.SCHEMA)
                .createOrReplaceTransaction()
                .commitTransaction());
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(1);
    assertThat(head().edition()).isEqualTo(1);
    assertThat(catalog.dropGoverned(TABLE, false)).isTrue();
    assertThat(catalog.tableExists(TABLE)).isFalse();
  }

  @Test
  void aTableIsNotMadeBelowATable() {
    assertRefused(
        Refused.Why.WRONG_BRANCH,
        () ->
            catalog.createTable(
                TableIdentifier.of("city_raw", "cams", "branch_audit"), SparkLikeWriter.SCHEMA));
  }

  @Test
  void foreignMetadataIsRegisteredOnlyOnPurpose() {
    append(1, 0, 10);
    String location = metadataLocation();
    catalog.dropGoverned(TABLE, false);

    assertRefused(Refused.Why.UNPROVEN, () -> catalog.registerTable(TABLE, location));

    assertThat(Heads.of(catalog.registerAsItIs(TABLE, location)).edition()).isEqualTo(1);
    append(2, 10, 20);
  }

  @Test
  void rewindRestoresTheLanesAndRaisesEpochAndEdition() {
    append(1, 0, 10);
    append(2, 10, 20);
    long second = fresh().currentSnapshot().snapshotId();
    append(3, 20, 30);
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(4).taking(OTHER, 0, 5));

    Head after = catalog.rewind(TABLE, second);

    assertThat(after.epoch()).isEqualTo(1);
    assertThat(after.edition()).isEqualTo(5);
    assertThat(after.lanes().at(new Lane(CAMERA))).isEqualTo(20);
    assertThat(after.lanes().at(new Lane(OTHER))).isZero();
    assertThat(head()).isEqualTo(after);
    assertThat(Heads.touchedSince(fresh(), 4)).isEqualTo(Touched.ALL);
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(2);
  }

  @Test
  void aWriterFromBeforeARewindIsRefused() throws IOException {
    append(1, 0, 10);
    long first = fresh().currentSnapshot().snapshotId();
    append(2, 10, 20);
    Table zombie = fresh();
    catalog.rewind(TABLE, first);

    assertRefusedAndCleaned(
        Refused.Why.STALE_EPOCH,
        () -> SparkLikeWriter.append(zombie, AStamp.ofEdition(4).taking(CAMERA, 10, 20)));

    SparkLikeWriter.append(fresh(), AStamp.after(head()).taking(CAMERA, 10, 20));
    assertThat(head().edition()).isEqualTo(4);
    assertThat(SparkLikeWriter.live(catalog, NAME)).hasSize(2);
  }

  @Test
  void rewindFollowsPickedSnapshotsToTheirStamps() {
    append(1, 0, 10);
    AuditBranches.create(fresh(), "a");
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    compact();
    AuditBranches.publish(fresh(), "a");
    long picked = fresh().currentSnapshot().snapshotId();
    append(3, 20, 30);

    assertThat(catalog.rewind(TABLE, picked).lanes().at(new Lane(CAMERA))).isEqualTo(20);
  }

  @Test
  void rewindIsRefusedWhenItsStampsHaveExpired() {
    append(1, 0, 10);
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(2).taking(OTHER, 0, 5));
    long second = fresh().currentSnapshot().snapshotId();
    append(3, 10, 20);
    fresh().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(2).commit();

    assertRefused(Refused.Why.UNPROVEN, () -> catalog.rewind(TABLE, second));
    assertThat(head().epoch()).isZero();
  }

  @Test
  void rewindGoesToAncestorsOfMainOnly() {
    append(1, 0, 10);
    AuditBranches.create(fresh(), "a");
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    long branched = fresh().snapshot("a").snapshotId();

    assertRefused(Refused.Why.UNPROVEN, () -> catalog.rewind(TABLE, branched));
    assertRefused(Refused.Why.UNPROVEN, () -> catalog.rewind(TABLE, 12345));
  }

  @Test
  void ordinaryRollbackIsNotRewind() {
    append(1, 0, 10);
    long first = fresh().currentSnapshot().snapshotId();
    append(2, 10, 20);

    assertThatThrownBy(() -> fresh().manageSnapshots().rollbackTo(first).commit())
        .isInstanceOf(MainWouldGoBack.class);
    assertThatThrownBy(() -> fresh().manageSnapshots().setCurrentSnapshot(first).commit())
        .isInstanceOf(MainWouldGoBack.class);
    assertThat(head().edition()).isEqualTo(2);
    assertThat(SparkLikeWriter.audit(catalog, NAME).missing()).isEmpty();
  }

  @Test
  void tablesThatAreNotGovernedStayOrdinary() {
    Table plain = SparkLikeWriter.table(catalog, "scratch.t", false);
    SparkLikeWriter.append(plain, Map.of(), "main");
    plain.updateSchema().renameColumn("id", "other").commit();
    catalog.renameTable(TableIdentifier.parse("scratch.t"), TableIdentifier.parse("scratch.u"));

    assertThat(catalog.dropTable(TableIdentifier.parse("scratch.u"))).isTrue();
  }

  private void append(long edition, long from, long until) {
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(edition).taking(CAMERA, from, until));
  }

  private void compact() {
    Table now = fresh();
    List<org.apache.iceberg.DataFile> old = new java.util.ArrayList<>();
    now.newScan().planFiles().forEach(task -> old.add(task.file()));
    now.newRewrite().rewriteFiles(Set.copyOf(old), Set.of(SparkLikeWriter.file(now))).commit();
  }

  private Table fresh() {
    return catalog.loadTable(TABLE);
  }

  private Head head() {
    return Heads.of(fresh());
  }

  private String property(String key) {
    return fresh().properties().get(key);
  }

  private TableOperations ops() {
    return ((BaseTable) fresh()).operations();
  }

  private String metadataLocation() {
    return ops().current().metadataFileLocation();
  }

  private static void assertRefused(Refused.Why why, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.why()).isEqualTo(why));
  }

  private void assertRefusedAndCleaned(Refused.Why why, ThrowingCallable act) throws IOException {
    Set<String> before = files();
    Head head = head();

    assertRefused(why, act);

    assertThat(files()).isEqualTo(before);
    assertThat(head()).isEqualTo(head);
    assertThat(SparkLikeWriter.audit(catalog, NAME).missing()).isEmpty();
  }

  /** Data files, manifests and manifest lists on disk. */
  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("warehouse"))) {
      return all.map(Path::toString)
          .filter(path -> path.endsWith(".parquet") || path.endsWith(".avro"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
