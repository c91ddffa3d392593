package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Stamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.io.FileIO;

/** A snapshot that exists in metadata only; one file of ten records unless said otherwise. */
record FakeSnapshot(
    long snapshotId,
    Long parentId,
    long sequenceNumber,
    String operation,
    Map<String, String> summary)
    implements Snapshot {

  static FakeSnapshot append(long id, Long parent) {
    return new FakeSnapshot(
        id, parent, id, "append", Map.of("added-data-files", "1", "added-records", "10"));
  }

  FakeSnapshot operation(String name) {
    return new FakeSnapshot(snapshotId, parentId, sequenceNumber, name, summary);
  }

  FakeSnapshot stamped(AStamp stamp) {
    return with(Stamp.SUMMARY_KEY, stamp.text());
  }

  FakeSnapshot with(String key, String value) {
    Map<String, String> more = new HashMap<>(summary);
    more.put(key, value);
    return new FakeSnapshot(snapshotId, parentId, sequenceNumber, operation, Map.copyOf(more));
  }

  @Override
  public long timestampMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public Integer schemaId() {
    return 0;
  }

  @Override
  public List<ManifestFile> allManifests(FileIO io) {
    return List.of();
  }

  @Override
  public List<ManifestFile> dataManifests(FileIO io) {
    return List.of();
  }

  @Override
  public List<ManifestFile> deleteManifests(FileIO io) {
    return List.of();
  }

  @Override
  public Iterable<DataFile> addedDataFiles(FileIO io) {
    return List.of();
  }

  @Override
  public Iterable<DataFile> removedDataFiles(FileIO io) {
    return List.of();
  }

  @Override
  public Iterable<DeleteFile> addedDeleteFiles(FileIO io) {
    return List.of();
  }

  @Override
  public Iterable<DeleteFile> removedDeleteFiles(FileIO io) {
    return List.of();
  }

  @Override
  public String manifestListLocation() {
    return "memory://list-" + snapshotId;
  }
}
