package dev.sluice.catalog.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/**
 * Writes as Spark's batch writer does: a data file first, then the commit; when that fails with a
 * cleanable exception it deletes its own data file, and otherwise leaves it.
 */
final class SparkLikeWriter {
  static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  private SparkLikeWriter() {}

  static Table table(Catalog catalog, String name, boolean governed) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    Namespace namespace = identifier.namespace();
    if (!((SupportsNamespaces) catalog).namespaceExists(namespace)) {
      ((SupportsNamespaces) catalog).createNamespace(namespace);
    }
    return catalog
        .buildTable(identifier, SCHEMA)
        .withProperties(
            governed
                ? Map.of(
                    GovernedTables.GOVERNED,
                    "true",
                    GovernedTables.CONTRACT_VERSION,
                    "1.0.0",
                    "commit.retry.min-wait-ms",
                    "5")
                : Map.of("commit.retry.min-wait-ms", "5"))
        .create();
  }

  static String append(Table table, AStamp stamp) {
    return append(table, Map.of("sluice.stamp", stamp.text()), SnapshotRef.MAIN_BRANCH);
  }

  static String append(Table table, AStamp stamp, String branch) {
    return append(table, Map.of("sluice.stamp", stamp.text()), branch);
  }

  /** Appends one file of ten rows and gives its path. */
  static String append(Table table, Map<String, String> summary, String branch) {
    DataFile file = file(table);
    AppendFiles append = table.newFastAppend().appendFile(file).toBranch(branch);
    summary.forEach(append::set);
    commit(table, file, append::commit);
    return file.location();
  }

  static void commit(Table table, DataFile file, Runnable commit) {
    try {
      commit.run();
    } catch (RuntimeException e) {
      if (e instanceof CleanableFailure) {
        table.io().deleteFile(file.location());
      }
      throw e;
    }
  }

  static DataFile file(Table table) {
    String path = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    try (OutputStream out = table.io().newOutputFile(path).create()) {
      out.write(new byte[10]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(path)
        .withFileSizeInBytes(10)
        .withMetrics(new Metrics(10L))
        .build();
  }

  /** Paths of the files that a fresh reader of main sees. */
  static List<String> live(Catalog catalog, String name) {
    List<String> live = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        catalog.loadTable(TableIdentifier.parse(name)).newScan().planFiles()) {
      tasks.forEach(task -> live.add(task.file().location()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return live;
  }

  /** Everything that a snapshot of the table refers to, missing files marked. */
  static FileAudit audit(Catalog catalog, String name) {
    Table table = catalog.loadTable(TableIdentifier.parse(name));
    TreeSet<String> referenced = new TreeSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      referenced.add(snapshot.manifestListLocation());
      if (!exists(table, snapshot.manifestListLocation())) {
        continue;
      }
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        referenced.add(manifest.path());
        try (var files = ManifestFiles.read(manifest, table.io(), table.specs())) {
          files.forEach(file -> referenced.add(file.location()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    TreeSet<String> missing = new TreeSet<>(referenced);
    missing.removeIf(path -> exists(table, path));
    return new FileAudit(referenced, missing);
  }

  static boolean exists(Table table, String path) {
    try {
      return table.io().newInputFile(path).exists();
    } catch (NotFoundException e) {
      return false; // files in memory answer so
    }
  }

  record FileAudit(TreeSet<String> referenced, TreeSet<String> missing) {}
}
