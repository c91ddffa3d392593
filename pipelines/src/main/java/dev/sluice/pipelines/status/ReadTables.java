package dev.sluice.pipelines.status;

import dev.sluice.catalog.tables.Heads;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** Reads states of tables from their metadata alone. */
public final class ReadTables {
  private final Catalog catalog;

  public ReadTables(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The table's state; empty when it does not exist. */
  public Optional<TableState> state(String name) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    if (!catalog.tableExists(identifier)) {
      return Optional.empty();
    }
    Table table = catalog.loadTable(identifier);
    return Optional.of(new TableState(name, rows(table), Heads.of(table)));
  }

  private static long rows(Table table) {
    Snapshot current = table.currentSnapshot();
    return current == null
        ? 0
        : Long.parseLong(current.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
  }
}
