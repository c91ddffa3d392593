package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A governed table in a guarded catalog on SQLite with real files. */
final class LocalTable implements AutoCloseable {
  static final String NAME = "city_raw.cams";
  static final TableIdentifier TABLE = TableIdentifier.parse(NAME);
  final GuardedCatalog catalog;
  private final Path directory;

  LocalTable(Path directory) {
    this.directory = directory;
    this.catalog = TestCatalogs.onSqlite(directory);
    SparkLikeWriter.table(catalog, NAME, true);
  }

  @Override
  public void close() {
    catalog.close();
  }

  void append(long edition, long from, long until) {
    SparkLikeWriter.append(fresh(), AStamp.ofEdition(edition).taking(CAMERA, from, until));
  }

  void compact() {
    Table now = fresh();
    List<DataFile> old = new ArrayList<>();
    now.newScan().planFiles().forEach(task -> old.add(task.file()));
    now.newRewrite().rewriteFiles(Set.copyOf(old), Set.of(SparkLikeWriter.file(now))).commit();
  }

  Table fresh() {
    return catalog.loadTable(TABLE);
  }

  Head head() {
    return Heads.of(fresh());
  }

  String property(String key) {
    return fresh().properties().get(key);
  }

  TableOperations ops() {
    return ((BaseTable) fresh()).operations();
  }

  String metadataLocation() {
    return ops().current().metadataFileLocation();
  }

  static void assertRefused(Refused.Why why, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.why()).isEqualTo(why));
  }

  void assertRefusedAndCleaned(Refused.Why why, ThrowingCallable act) throws IOException {
    Set<String> before = files();
    Head head = head();

    assertRefused(why, act);

    assertThat(files()).isEqualTo(before);
    assertThat(head()).isEqualTo(head);
    assertThat(SparkLikeWriter.audit(catalog, NAME).missing()).isEmpty();
  }

  /** Data files, manifests and manifest lists on disk. */
  Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("warehouse"))) {
      return all.map(Path::toString)
          .filter(path -> path.endsWith(".parquet") || path.endsWith(".avro"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
