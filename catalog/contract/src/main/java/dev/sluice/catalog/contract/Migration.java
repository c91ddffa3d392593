package dev.sluice.catalog.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a new major version of a contract takes from its tables on purpose; see
 * docs/adr/0011-how-tables-change.md. It stays in the contract after it has been applied, for
 * lakehouses that still stand at the version before.
 *
 * @param from the major version that it leads away from
 */
public record Migration(int from, List<OfTable> tables) {

  public Migration {
    tables = List.copyOf(tables);
  }

  /**
   * What happens to one table.
   *
   * @param table the contract's name of it
   * @param renamed paths of columns ({@code lines.price}), old to new; old rows are read under the
   *     new name
   * @param removed columns that stand in the table and no longer in the contract: they step aside
   * @param retyped columns whose type or privacy method changes: the old column steps aside, a new
   *     one takes its name
   */
  public record OfTable(
      String table, Map<String, String> renamed, Set<String> removed, Set<String> retyped) {
    public OfTable {
      renamed = Map.copyOf(renamed);
      removed = Set.copyOf(removed);
      retyped = Set.copyOf(retyped);
    }

    /** Nothing happens to this table. */
    public static OfTable nothing(String table) {
      return new OfTable(table, Map.of(), Set.of(), Set.of());
    }
  }

  /** What happens to a table. */
  public Optional<OfTable> of(String table) {
    return tables.stream().filter(t -> t.table().equals(table)).findFirst();
  }
}
