package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsByEditionTest {
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
  void theNewestSnapshotOfAnEditionIsTheOneThatCompactionLeft() {
    cams.append(1, 0, 10);
    cams.compact();
    Snapshot compacted = cams.fresh().currentSnapshot();
    cams.append(2, 10, 20);

    assertThat(SnapshotsByEdition.of(cams.fresh(), 1)).contains(compacted);
    assertThat(SnapshotsByEdition.of(cams.fresh(), 2)).contains(cams.fresh().currentSnapshot());
    assertThat(SnapshotsByEdition.of(cams.fresh(), 3)).isEmpty();
  }

  @Test
  void aPickedSnapshotIsOfTheEditionOfItsSource() {
    Snapshot compacted = publishedOnTopOfCompaction();
    Snapshot picked = cams.fresh().currentSnapshot();
    assertThat(StampReader.isPicked(picked)).isTrue();
    cams.append(3, 20, 30);

    assertThat(SnapshotsByEdition.of(cams.fresh(), 1)).contains(compacted);
    assertThat(SnapshotsByEdition.of(cams.fresh(), 2)).contains(picked);
  }

  @Test
  void aPickedSnapshotWhoseSourceHasExpiredIsOfNoEdition() {
    Snapshot compacted = publishedOnTopOfCompaction();
    long source =
        Long.parseLong(cams.fresh().currentSnapshot().summary().get("source-snapshot-id"));
    cams.fresh().expireSnapshots().expireSnapshotId(source).commit();

    assertThat(SnapshotsByEdition.of(cams.fresh(), 1)).contains(compacted);
    assertThat(SnapshotsByEdition.of(cams.fresh(), 2)).isEmpty();
  }

  /** Edition 1, compacted while edition 2 was on its branch; gives the compacted snapshot. */
  private Snapshot publishedOnTopOfCompaction() {
    cams.append(1, 0, 10);
    AuditBranches.create(cams.fresh(), "a");
    SparkLikeWriter.append(
        cams.fresh(), AStamp.ofEdition(2).branch("a").taking(CAMERA, 10, 20), "a");
    cams.compact();
    Snapshot compacted = cams.fresh().currentSnapshot();
    AuditBranches.publish(cams.fresh(), "a");
    return compacted;
  }
}
