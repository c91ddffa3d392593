package dev.sluice.catalog.contract;

import java.util.Map;

/**
 * How the tables of a contract are kept in order.
 *
 * @param general what holds for all that have no entry of their own
 * @param byTable by {@code raw}, {@code quarantine}, or the name of a stage, reference or refined
 *     table
 */
public record UpkeepOfTables(Upkeep general, Map<String, Upkeep> byTable) {
  public static final UpkeepOfTables DEFAULT = new UpkeepOfTables(Upkeep.DEFAULT, Map.of());

  public UpkeepOfTables {
    byTable = Map.copyOf(byTable);
  }

  /**
   * The upkeep of one table.
   *
   * @param table its name as in {@link #byTable}
   */
  public Upkeep of(String table) {
    return byTable.getOrDefault(table, general);
  }
}
