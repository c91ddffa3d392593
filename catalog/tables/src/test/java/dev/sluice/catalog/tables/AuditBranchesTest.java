package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches become main whole, once, and only where they fit. */
class AuditBranchesTest {
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
  void aBranchIsPublishedAndDroppedInOneCommit() {
    cams.append(1, 0, 10);
    AuditBranches.create(cams.fresh(), "audit_r1");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(2).branch("audit_r1").taking(CAMERA, 10, 20), "audit_r1");
    assertThat(cams.head().edition()).isEqualTo(1);
    String before = cams.metadataLocation();

    Head after = AuditBranches.publish(cams.fresh(), "audit_r1");

    assertThat(after.edition()).isEqualTo(2);
    assertThat(after).isEqualTo(cams.head());
    assertThat(cams.fresh().refs()).containsOnlyKeys("main");
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(2);
    TableMetadata current = cams.ops().current();
    assertThat(current.previousFiles().get(current.previousFiles().size() - 1).file())
        .isEqualTo(before);
  }

  @Test
  void aBranchOfAnEmptyTableIsPublishedToo() {
    AuditBranches.create(cams.fresh(), "a");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(1).branch("a").taking(CAMERA, 0, 10), "a");

    assertThat(AuditBranches.publish(cams.fresh(), "a").edition()).isEqualTo(1);
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(1);
  }

  @Test
  void anEmptyBranchRunIsClosedAndPublished() {
    AuditBranches.create(cams.fresh(), "a");
    EmptyCommit.close(
        cams.fresh(),
        AStamp.ofEdition(1).branch("a").taking(CAMERA, 0, 10).stamp(),
        Optional.of("a"));

    assertThat(AuditBranches.publish(cams.fresh(), "a").lanes().at(new Lane(CAMERA))).isEqualTo(10);
  }

  @Test
  void twoBranchesOfOneIntervalGiveOneWinner() throws IOException {
    cams.append(1, 0, 10);
    for (String branch : List.of("a", "b")) {
      AuditBranches.create(cams.fresh(), branch);
      SparkLikeWriter.append(
          cams.fresh(), AStamp.ofEdition(2).branch(branch).taking(CAMERA, 10, 20), branch);
    }

    AuditBranches.publish(cams.fresh(), "a");
    cams.assertRefusedAndCleaned(
        Refused.Why.ALREADY_TAKEN, () -> AuditBranches.publish(cams.fresh(), "b"));

    assertThat(cams.fresh().refs()).containsKey("b");
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(2);
  }

  @Test
  void anAppendIsPutOnTopWhenOnlyCompactionIntervened() {
    cams.append(1, 0, 10);
    AuditBranches.create(cams.fresh(), "a");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    cams.compact();

    Head after = AuditBranches.publish(cams.fresh(), "a");

    assertThat(after.edition()).isEqualTo(2);
    assertThat(after.lanes().at(new Lane(CAMERA))).isEqualTo(20);
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(2);
    assertThat(cams.fresh().refs()).containsOnlyKeys("main");
  }

  @Test
  void aBranchOfTwoCommitsIsNotPutOnTop() throws IOException {
    cams.append(1, 0, 10);
    AuditBranches.create(cams.fresh(), "a");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(3).branch("a").taking(CAMERA, 20, 30), "a");
    cams.compact();

    cams.assertRefusedAndCleaned(
        Refused.Why.LANE_MOVED_ON, () -> AuditBranches.publish(cams.fresh(), "a"));
  }
}
