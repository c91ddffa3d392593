package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import java.util.List;
import java.util.Map;

/**
 * A contract with what only a reader of its file needs.
 *
 * @param origins what each column of each product says of where it comes from, by {@code
 *     <product>.<column>}
 * @param foreignKeys references from columns to columns
 * @param neighbours ids of the contracts that inputs of products name, by {@code <product>.<table>}
 */
public record DeclaredContract(
    DataContract contract,
    Places places,
    Map<String, Origin> origins,
    List<ForeignKey> foreignKeys,
    Map<String, String> neighbours) {

  public DeclaredContract {
    origins = Map.copyOf(origins);
    foreignKeys = List.copyOf(foreignKeys);
    neighbours = Map.copyOf(neighbours);
  }

  DeclaredContract with(List<Product> products) {
    return new DeclaredContract(contract.with(products), places, origins, foreignKeys, neighbours);
  }

  /**
   * Where a product's column comes from, by declaration.
   *
   * @param sources columns as {@code table.column} (ODCS {@code transformSourceObjects})
   * @param logic how, for people (ODCS {@code transformLogic}); empty text when not said
   */
  public record Origin(List<String> sources, String logic) {
    public Origin {
      sources = List.copyOf(sources);
    }
  }

  /** A column whose values stand in another table's column, {@code table.column}. */
  public record ForeignKey(String table, String column, String to, Place place) {}

  /** The declared origin of a product's column. */
  public Origin origin(String product, String column) {
    return origins.getOrDefault(product + "." + column, new Origin(List.of(), ""));
  }
}
