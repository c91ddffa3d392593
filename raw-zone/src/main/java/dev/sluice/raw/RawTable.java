package dev.sluice.raw;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.EmptyCommit;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.catalog.tables.ZoneTables;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The raw table of one data set of one tenant, as one run writes it.
 *
 * @param turns with whom its other writers take turns
 */
public record RawTable(
    Lake lake, DataContract contract, TenantId tenant, RunContext run, Turns turns) {
  private static final int ATTEMPTS = 3;

  public String name() {
    return contract.rawTable(tenant);
  }

  /** Makes the table, unless it is there. */
  public void createIfMissing() {
    new ZoneTables(lake.catalog()).raw(contract, tenant);
  }

  /** The table's head; that of a new one when there is no table yet. */
  public Head head() {
    try {
      return lake.head(name());
    } catch (NoSuchTableException e) {
      return Head.NONE;
    }
  }

  /**
   * Adds rows and moves the lanes in one commit; returns how many rows were added. A writer of
   * other lanes that was faster only takes the edition; then the rows are written once more under
   * the next one.
   *
   * @throws Refused when one of these lanes has moved meanwhile
   */
  public long append(Dataset<Row> rows, Map<Lane, LaneRange> lanes) {
    try (Turns.Turn turn = turns.at(name())) {
      return appendInTurn(rows, lanes);
    }
  }

  private long appendInTurn(Dataset<Row> rows, Map<Lane, LaneRange> lanes) {
    for (int attempt = 1; ; attempt++) {
      try {
        return StampedWrite.appendUnshuffled(
            rows, name(), NextStamp.on(head(), run, contract, lanes), Optional.empty());
      } catch (Refused refused) {
        if (refused.why() != Refused.Why.EDITION || attempt == ATTEMPTS) {
          throw refused;
        }
      }
    }
  }

  /** Moves lanes over ranges in which there is nothing to read. */
  void passOver(Map<Lane, LaneRange> lanes) {
    EmptyCommit.close(
        lake.table(name()), NextStamp.on(head(), run, contract, lanes), Optional.empty());
  }
}
