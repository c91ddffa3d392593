package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static dev.sluice.catalog.tables.LocalTable.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Touched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard in a catalog with real files: what moves, what is refused, and which files remain. */
class GuardedCatalogTest {
  @TempDir Path directory;
  private LocalTable cams;

  @BeforeEach
  void makeTable() {
    cams = new LocalTable(directory);
  }

  @AfterEach
  void close() {
    cams.close();
  }

  @Test
  void eachStampedCommitMovesTheHead() {
    cams.append(1, 0, 10);
    cams.append(2, 10, 30);

    assertThat(cams.head()).isEqualTo(HeadText.read(cams.property("sluice.head")));
    assertThat(cams.head().edition()).isEqualTo(2);
    assertThat(cams.head().lanes().at(new Lane(CAMERA))).isEqualTo(30);
  }

  @Test
  void anEmptyRunIsClosedWithoutFiles() {
    cams.append(1, 0, 10);

    EmptyCommit.close(cams.fresh(), AStamp.ofEdition(2).taking(CAMERA, 10, 40).stamp());

    assertThat(cams.head().lanes().at(new Lane(CAMERA))).isEqualTo(40);
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(1);
  }

  @Test
  void aReplayIsRefusedAlsoAfterItsSnapshotExpired() throws IOException {
    cams.append(1, 0, 10);
    cams.append(2, 10, 20);
    cams.fresh().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

    cams.assertRefusedAndCleaned(Refused.Why.ALREADY_TAKEN, () -> cams.append(1, 0, 10));
    assertThat(cams.fresh().snapshots()).hasSize(1);
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(2);
  }

  @Test
  void everyRefusalLeavesNeitherOrphansNorHoles() throws IOException {
    cams.append(1, 0, 10);

    cams.assertRefusedAndCleaned(Refused.Why.ALREADY_TAKEN, () -> cams.append(2, 0, 10));
    cams.assertRefusedAndCleaned(Refused.Why.LANE_MOVED_ON, () -> cams.append(2, 5, 15));
    cams.assertRefusedAndCleaned(Refused.Why.LANE_GAP, () -> cams.append(2, 11, 15));
    cams.assertRefusedAndCleaned(Refused.Why.EDITION, () -> cams.append(3, 10, 15));
    cams.assertRefusedAndCleaned(
        Refused.Why.STALE_EPOCH,
        () ->
            SparkLikeWriter.append(
                cams.fresh(), AStamp.ofEdition(2).epoch(1).taking(CAMERA, 10, 20)));
    cams.assertRefusedAndCleaned(
        Refused.Why.UNSTAMPED, () -> SparkLikeWriter.append(cams.fresh(), Map.of(), "main"));
    cams.assertRefusedAndCleaned(
        Refused.Why.UNPROVEN,
        () -> SparkLikeWriter.append(cams.fresh(), Map.of("sluice.stamp", "{oops"), "main"));
    cams.assertRefusedAndCleaned(
        Refused.Why.WRONG_BRANCH,
        () ->
            SparkLikeWriter.append(
                cams.fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20)));
  }

  @Test
  void aTransactionAppliesItsStampsInOrder() {
    Transaction transaction = cams.fresh().newTransaction();
    for (int edition = 1; edition <= 2; edition++) {
      transaction
          .newFastAppend()
          .appendFile(SparkLikeWriter.file(cams.fresh()))
          .set(
              "sluice.stamp",
              AStamp.ofEdition(edition).taking(CAMERA, edition * 10 - 10, edition * 10).text())
          .commit();
    }
    transaction.updateProperties().set("note", "x").commit();
    transaction.commitTransaction();

    assertThat(cams.head().edition()).isEqualTo(2);
    assertThat(cams.property("note")).isEqualTo("x");
  }

  @Test
  void touchedPartitionsAreKeptAndExpireWithNothing() {
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(1).taking(CAMERA, 0, 10).touching(Touched.of(List.of("a"))));
    SparkLikeWriter.append(cams.fresh(), AStamp.ofEdition(2).touching(Touched.ALL));

    assertThat(Heads.touchedSince(cams.fresh(), 0)).isEqualTo(Touched.ALL);
    assertThat(Heads.touchedSince(cams.fresh(), 2)).isEqualTo(Touched.NOTHING);
  }

  @Test
  void headsAreNotEditedByHand() {
    cams.append(1, 0, 10);

    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        () -> cams.fresh().updateProperties().set("sluice.head", "{}").commit());
    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        () -> cams.fresh().updateProperties().remove("sluice.head").commit());
    assertRefused(
        Refused.Why.HEAD_TAMPERED,
        () -> cams.fresh().updateProperties().remove("sluice.governed").commit());
    cams.fresh().updateProperties().set("comment", "ours").commit();
    assertThat(cams.head().edition()).isEqualTo(1);
  }

  @Test
  void governedTablesAreNotDroppedRenamedOrReplaced() {
    cams.append(1, 0, 10);

    assertRefused(Refused.Why.REPLACE, () -> cams.catalog.dropTable(LocalTable.TABLE, true));
    assertRefused(
        Refused.Why.REPLACE,
        () -> cams.catalog.renameTable(LocalTable.TABLE, TableIdentifier.parse("city_raw.other")));
    assertRefused(
        Refused.Why.REPLACE,
        () ->
            cams.catalog
                .buildTable(LocalTable.TABLE, SparkLikeWriter.SCHEMA)
                .createOrReplaceTransaction()
                .commitTransaction());
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(1);
    assertThat(cams.head().edition()).isEqualTo(1);
    assertRefused(
        Refused.Why.EDITION, () -> cams.catalog.dropGoverned(LocalTable.TABLE, Head.NONE, false));
    assertThat(cams.catalog.dropGoverned(LocalTable.TABLE, cams.head(), false)).isTrue();
    assertThat(cams.catalog.tableExists(LocalTable.TABLE)).isFalse();
  }

  @Test
  void aRestoredTableGoesOnFromTheHeadOfTheDroppedOne() {
    cams.append(1, 0, 10);
    cams.append(2, 10, 20);
    Head dropped = cams.head();
    assertThat(cams.catalog.dropGoverned(LocalTable.TABLE, dropped, true)).isTrue();
    Table again = SparkLikeWriter.table(cams.catalog, LocalTable.NAME, true);
    again.manageSnapshots().createBranch("audit_r").commit();
    SparkLikeWriter.append(again, AStamp.ofEdition(3).branch("audit_r"), "audit_r");

    Head head = cams.catalog.restore(LocalTable.TABLE, "audit_r", dropped);

    assertThat(head).isEqualTo(new Head(0, 3, dropped.lanes()));
    assertThat(cams.head()).isEqualTo(head);
    assertThat(Heads.touchedSince(cams.fresh(), 2)).isEqualTo(Touched.ALL);
    assertThat(cams.fresh().refs()).containsOnlyKeys("main");
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(1);
    cams.append(4, 20, 30);
    assertRefused(
        Refused.Why.REPLACE, () -> cams.catalog.restore(LocalTable.TABLE, "main", dropped));
  }

  @Test
  void aTableIsNotMadeBelowATable() {
    assertRefused(
        Refused.Why.WRONG_BRANCH,
        () ->
            cams.catalog.createTable(
                TableIdentifier.of("city_raw", "cams", "branch_audit"), SparkLikeWriter.SCHEMA));
  }

  @Test
  void foreignMetadataIsRegisteredOnlyOnPurpose() {
    cams.append(1, 0, 10);
    String location = cams.metadataLocation();
    cams.catalog.dropGoverned(LocalTable.TABLE, cams.head(), false);

    assertRefused(
        Refused.Why.UNPROVEN, () -> cams.catalog.registerTable(LocalTable.TABLE, location));

    assertThat(Heads.of(cams.catalog.registerAsItIs(LocalTable.TABLE, location)).edition())
        .isEqualTo(1);
    cams.append(2, 10, 20);
  }

  @Test
  void tablesThatAreNotGovernedStayOrdinary() {
    Table plain = SparkLikeWriter.table(cams.catalog, "scratch.t", false);
    SparkLikeWriter.append(plain, Map.of(), "main");
    plain.updateSchema().renameColumn("id", "other").commit();
    cams.catalog.renameTable(
        TableIdentifier.parse("scratch.t"), TableIdentifier.parse("scratch.u"));

    assertThat(cams.catalog.dropTable(TableIdentifier.parse("scratch.u"))).isTrue();
  }
}
