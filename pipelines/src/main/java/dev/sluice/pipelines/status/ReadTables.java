package dev.sluice.pipelines.status;

import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.StampText;
import java.time.Instant;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.SnapshotUtil;

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

  /**
   * When the table published an edition, or the first one after it that is still known; empty when
   * there is none so young. What has expired counts as old as the oldest snapshot kept.
   */
  public Optional<Instant> publishedAt(String name, long edition) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    if (!catalog.tableExists(identifier)) {
      return Optional.empty();
    }
    Table table = catalog.loadTable(identifier);
    if (Heads.of(table).edition() < Math.max(1, edition)) {
      return Optional.empty();
    }
    Optional<Long> found = Optional.empty();
    long oldest = Long.MAX_VALUE;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) { // newest first
      oldest = Math.min(oldest, snapshot.timestampMillis());
      String stamp = snapshot.summary().get(Stamp.SUMMARY_KEY);
      if (stamp != null && StampText.read(stamp).edition() >= edition) {
        found = Optional.of(snapshot.timestampMillis());
      }
    }
    return Optional.of(Instant.ofEpochMilli(found.orElse(oldest)));
  }

  private static long rows(Table table) {
    Snapshot current = table.currentSnapshot();
    return current == null
        ? 0
        : Long.parseLong(current.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
  }
}
