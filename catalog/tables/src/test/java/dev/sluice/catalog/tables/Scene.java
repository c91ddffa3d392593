package dev.sluice.catalog.tables;

import static dev.sluice.catalog.tables.AStamp.CAMERA;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A governed table on a real Postgres with two editions: [0,10) and [10,20) of one lane. Acts go
 * through a catalog with some rules left out, looks through one that has them all.
 */
final class Scene implements AutoCloseable {
  final String name = "scene.t" + UUID.randomUUID().toString().replace("-", "");
  final TableIdentifier identifier = TableIdentifier.parse(name);
  final GuardedCatalog catalog;
  private final GuardedCatalog looks = TestCatalogs.onPostgres();
  private final String firstFile;

  Scene(Set<Rule> rules) {
    catalog =
        TestCatalogs.onPostgres(
            new GuardedCatalog(rules), LossyDriver.url(TestCatalogs.postgresUrl()));
    Table table = SparkLikeWriter.table(looks, name, true);
    firstFile = SparkLikeWriter.append(table, AStamp.ofEdition(1).taking(CAMERA, 0, 10));
    SparkLikeWriter.append(table, AStamp.ofEdition(2).taking(CAMERA, 10, 20));
  }

  /** The table as the acting client sees it. */
  Table acting() {
    return catalog.loadTable(identifier);
  }

  Table now() {
    return looks.loadTable(identifier);
  }

  GuardedCatalog others() {
    return looks;
  }

  Head head() {
    return Heads.of(now());
  }

  long taken() {
    return head().lanes().at(new Lane(CAMERA));
  }

  List<String> live() {
    return SparkLikeWriter.live(looks, name);
  }

  boolean exists() {
    return looks.tableExists(identifier);
  }

  boolean showsTheFirstRows() {
    return live().contains(firstFile);
  }

  long missingFiles() {
    return SparkLikeWriter.audit(looks, name).missing().size();
  }

  long snapshotOfEdition(long edition) {
    for (var snapshot : now().snapshots()) {
      if (StampText.read(snapshot.summary().get("sluice.stamp")).edition() == edition) {
        return snapshot.snapshotId();
      }
    }
    throw new IllegalStateException("no edition " + edition);
  }

  String metadataLocation() {
    return ((BaseTable) now()).operations().current().metadataFileLocation();
  }

  /** Another writer commits the next edition, then all but the newest snapshot expire. */
  void anotherCommitsAndAllElseExpires() {
    SparkLikeWriter.append(now(), AStamp.after(head()).taking(AStamp.OTHER, 0, 1));
    now().expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }

  /** Changes columns and the contract's version in one commit. */
  void changeColumns(String version, Consumer<UpdateSchema> change) {
    Transaction together = acting().newTransaction();
    UpdateSchema columns = together.updateSchema();
    change.accept(columns);
    columns.commit();
    together.updateProperties().set(GovernedTables.CONTRACT_VERSION, version).commit();
    together.commitTransaction();
  }

  void append(AStamp stamp) {
    SparkLikeWriter.append(acting(), stamp);
  }

  void appendBare() {
    SparkLikeWriter.append(acting(), Map.of(), "main");
  }

  @Override
  public void close() {
    catalog.close();
    looks.close();
  }
}
