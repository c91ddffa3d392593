package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;

/**
 * Iceberg's JDBC catalog with the guard over every commit. For Spark it is {@code catalog-impl} of
 * a {@code SparkCatalog}; other properties are the JDBC catalog's, except that the database's
 * password comes by {@link PasswordReference#PROPERTY} and never in clear. All clients must use one
 * catalog name, because the database's rows carry it.
 *
 * <p>The guard is client-side: the database's roles must keep other clients from writing its {@code
 * iceberg_tables}.
 */
public class GuardedCatalog extends JdbcCatalog {
  private final Set<Rule> rules;
  private final DecideCommit decide;
  private List<CommitObserver> observers = List.of();

  /** The catalog with every rule in force; Spark calls it. */
  public GuardedCatalog() {
    this(EnumSet.allOf(Rule.class));
  }

  /** For tests of this package only: leaves rules out. */
  GuardedCatalog(Set<Rule> rules) {
    super(null, properties -> pool(rules, properties), true);
    this.rules = Set.copyOf(rules);
    this.decide = new DecideCommit(this.rules);
  }

  @Override
  public void initialize(String name, Map<String, String> properties) {
    PasswordReference.checkNoClearPassword(properties);
    observers =
        ServiceLoader.load(CommitObserver.class, CommitObserver.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    super.initialize(name, properties);
  }

  /**
   * Makes an older snapshot of main current on purpose: lanes as they stood at it, epoch and
   * edition raised, all partitions touched.
   *
   * @return the head after it
   * @throws Refused UNPROVEN when the snapshot is no kept ancestor of main, or the stamps that tell
   *     its lanes have expired
   */
  public Head rewind(TableIdentifier table, long snapshotId) {
    return newTableOps(table).rewind(snapshotId);
  }

  /**
   * Drops a governed table on purpose, as it stood when that was decided.
   *
   * @param asOf the head at which whoever drops it has kept what brings it back
   * @throws Refused EDITION when the table has moved since
   */
  public boolean dropGoverned(TableIdentifier table, Head asOf, boolean purge) {
    TableMetadata now = newTableOps(table).current();
    if (now != null && !Heads.of(now.properties()).equals(asOf)) {
      throw new Refused(
          Refused.Why.EDITION,
          table
              + " was to be dropped at edition "
              + asOf.edition()
              + " and stands at edition "
              + Heads.of(now.properties()).edition()
              + "; look at it again first");
    }
    observers.forEach(observer -> observer.beforeDrop(table.toString()));
    boolean dropped = super.dropTable(table, purge);
    observers.forEach(observer -> observer.afterDrop(table.toString()));
    return dropped;
  }

  /**
   * Publishes the branch of a table that has published nothing, as the successor of the table of
   * its name that was dropped: edition numbers go on, so that readers take it as news.
   *
   * @param before the head of the dropped table
   * @return the head after it
   * @throws Refused when the table has published something, or the branch does not follow
   */
  public Head restore(TableIdentifier table, String branch, Head before) {
    return newTableOps(table).restore(branch, before);
  }

  /**
   * Puts an existing metadata file under a table's name on purpose, with the head that it has; for
   * disaster recovery.
   */
  public Table registerAsItIs(TableIdentifier table, String metadataFileLocation) {
    if (tableExists(table)) {
      throw new AlreadyExistsException("Table already exists: %s", table);
    }
    GuardedOps ops = newTableOps(table);
    TableMetadata metadata = TableMetadataParser.read(ops.io().newInputFile(metadataFileLocation));
    ops.register(metadata);
    return loadTable(table);
  }

  @Override
  protected GuardedOps newTableOps(TableIdentifier table) {
    return new GuardedOps(table.toString(), super.newTableOps(table), decide, observers);
  }

  /**
   * Starts a new table; refused below an existing table, because that is how Spark's streaming
   * writer takes the name of a branch, and in place of a governed one.
   */
  @Override
  public TableBuilder buildTable(TableIdentifier table, Schema schema) {
    Namespace above = table.namespace();
    if (rules.contains(Rule.BRANCH)
        && above.length() > 1
        && tableExists(TableIdentifier.of(above.levels()))) {
      throw new Refused(
          Refused.Why.WRONG_BRANCH,
          table
              + " would be a new table below the table "
              + above
              + "; streams reach a branch only by foreachBatch and writeTo(\"t.branch_<name>\")");
    }
    return new GuardedBuilder(
        super.buildTable(table, schema),
        () -> checkKept(Rule.REPLACE, table, "replaced; write to it, or make another table"));
  }

  /** Refused for governed tables; see {@link #dropGoverned}. */
  @Override
  public boolean dropTable(TableIdentifier table, boolean purge) {
    checkKept(Rule.KEPT, table, "dropped; dropping it on purpose is another call, dropGoverned");
    return super.dropTable(table, purge);
  }

  /** Refused for governed tables: their name is a lane of other tables. */
  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    checkKept(Rule.KEPT, from, "renamed, and its name is a lane of other tables; make a new table");
    super.renameTable(from, to);
  }

  private void checkKept(Rule rule, TableIdentifier table, String wouldBe) {
    if (!rules.contains(rule)) {
      return;
    }
    TableMetadata metadata = newTableOps(table).current();
    if (metadata != null && GovernedTables.isGoverned(metadata.properties())) {
      throw new Refused(
          Refused.Why.REPLACE, table + " is a governed table and would be " + wouldBe);
    }
  }

  private static JdbcClientPool pool(Set<Rule> rules, Map<String, String> properties) {
    return rules.contains(Rule.LOST_ANSWERS)
        ? new DecidingPool(properties)
        : new JdbcClientPool(properties.get(CatalogProperties.URI), properties);
  }
}
