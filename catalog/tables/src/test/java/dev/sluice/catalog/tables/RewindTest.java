package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static dev.sluice.catalog.tables.AStamp.OTHER;
import static dev.sluice.catalog.tables.LocalTable.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Touched;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back on purpose restores heads; going back otherwise is refused. */
class RewindTest {
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
  void rewindRestoresTheLanesAndRaisesEpochAndEdition() {
    cams.append(1, 0, 10);
    cams.append(2, 10, 20);
    long second = cams.fresh().currentSnapshot().snapshotId();
    cams.append(3, 20, 30);
    SparkLikeWriter.append(cams.fresh(), AStamp.ofEdition(4).taking(OTHER, 0, 5));

    Head after = cams.catalog.rewind(LocalTable.TABLE, second);

    assertThat(after.epoch()).isEqualTo(1);
    assertThat(after.edition()).isEqualTo(5);
    assertThat(after.lanes().at(new Lane(CAMERA))).isEqualTo(20);
    assertThat(after.lanes().at(new Lane(OTHER))).isZero();
    assertThat(cams.head()).isEqualTo(after);
    assertThat(Heads.touchedSince(cams.fresh(), 4)).isEqualTo(Touched.ALL);
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(2);
  }

  @Test
  void aWriterFromBeforeARewindIsRefused() throws IOException {
    cams.append(1, 0, 10);
    long first = cams.fresh().currentSnapshot().snapshotId();
    cams.append(2, 10, 20);
    Table zombie = cams.fresh();
    cams.catalog.rewind(LocalTable.TABLE, first);

    cams.assertRefusedAndCleaned(
        Refused.Why.STALE_EPOCH,
        () -> SparkLikeWriter.append(zombie, AStamp.ofEdition(4).taking(CAMERA, 10, 20)));

    SparkLikeWriter.append(cams.fresh(), AStamp.after(cams.head()).taking(CAMERA, 10, 20));
    assertThat(cams.head().edition()).isEqualTo(4);
    assertThat(SparkLikeWriter.live(cams.catalog, LocalTable.NAME)).hasSize(2);
  }

  @Test
  void rewindFollowsPickedSnapshotsToTheirStamps() {
    cams.append(1, 0, 10);
    AuditBranches.create(cams.fresh(), "a");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    cams.compact();
    AuditBranches.publish(cams.fresh(), "a");
    long picked = cams.fresh().currentSnapshot().snapshotId();
    cams.append(3, 20, 30);

    assertThat(cams.catalog.rewind(LocalTable.TABLE, picked).lanes().at(new Lane(CAMERA)))
        .isEqualTo(20);
  }

  @Test
  void rewindIsRefusedWhenItsStampsHaveExpired() {
    cams.append(1, 0, 10);
    SparkLikeWriter.append(cams.fresh(), AStamp.ofEdition(2).taking(OTHER, 0, 5));
    long second = cams.fresh().currentSnapshot().snapshotId();
    cams.append(3, 10, 20);
    cams.fresh().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(2).commit();

    assertRefused(Refused.Why.UNPROVEN, () -> cams.catalog.rewind(LocalTable.TABLE, second));
    assertThat(cams.head().epoch()).isZero();
  }

  @Test
  void rewindGoesToAncestorsOfMainOnly() {
    cams.append(1, 0, 10);
    AuditBranches.create(cams.fresh(), "a");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    long branched = cams.fresh().snapshot("a").snapshotId();

    assertRefused(Refused.Why.UNPROVEN, () -> cams.catalog.rewind(LocalTable.TABLE, branched));
    assertRefused(Refused.Why.UNPROVEN, () -> cams.catalog.rewind(LocalTable.TABLE, 12345));
  }

  @Test
  void ordinaryRollbackIsNotRewind() {
    cams.append(1, 0, 10);
    long first = cams.fresh().currentSnapshot().snapshotId();
    cams.append(2, 10, 20);

    assertThatThrownBy(() -> cams.fresh().manageSnapshots().rollbackTo(first).commit())
        .isInstanceOf(MainWouldGoBack.class);
    assertThatThrownBy(() -> cams.fresh().manageSnapshots().setCurrentSnapshot(first).commit())
        .isInstanceOf(MainWouldGoBack.class);
    assertThat(cams.head().edition()).isEqualTo(2);
    assertThat(SparkLikeWriter.audit(cams.catalog, LocalTable.NAME).missing()).isEmpty();
  }
}
