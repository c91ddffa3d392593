package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.refined.Recipes;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Which products are dropped: those that have a recipe and no table that has published anything.
 * There is no flag that a crash could leave wrong.
 */
public final class DroppedProducts {
  private final Recipes recipes;
  private final Catalog catalog;

  public DroppedProducts(Recipes recipes, Catalog catalog) {
    this.recipes = recipes;
    this.catalog = catalog;
  }

  /** What to tell of a table that is dropped; empty when it is not. */
  public Optional<String> told(String table) {
    if (stands(table)) {
      return Optional.empty();
    }
    return recipes
        .of(table)
        .map(
            kept ->
                table
                    + " was dropped at "
                    + kept.at()
                    + ", unused; rebuild to have it again: 'sluice rebuild "
                    + table.substring(table.indexOf('.') + 1)
                    + "'");
  }

  /** What to tell of each product of a contract that is dropped for a tenant. */
  public List<String> told(DataContract contract, TenantId tenant) {
    return contract.products().stream()
        .flatMap(product -> told(name(tenant, product)).stream())
        .toList();
  }

  /** The contract without the products that are dropped for a tenant. */
  public DataContract without(DataContract contract, TenantId tenant) {
    return contract.with(
        contract.products().stream()
            .filter(product -> told(name(tenant, product)).isEmpty())
            .toList());
  }

  static String name(TenantId tenant, Product product) {
    return Zone.REFINED.table(tenant, product.name());
  }

  private boolean stands(String table) {
    TableIdentifier identifier = TableIdentifier.parse(table);
    return catalog.tableExists(identifier) && Heads.of(catalog.loadTable(identifier)).edition() > 0;
  }
}
