package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.tables.PlanContract;
import dev.sluice.catalog.tables.ZoneTables;
import dev.sluice.pipelines.registry.ContractVersions;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.KeptRecipes;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.Catalog;

/**
 * Creates the tables that a contract declares for its tenants, but for products that were dropped,
 * and keeps the contract's text.
 */
public final class ApplyContract {
  private final Catalog catalog;
  private final ContractVersions versions;
  private final DroppedProducts dropped;

  public ApplyContract(Catalog catalog, Database database) {
    this.catalog = catalog;
    this.versions = new ContractVersions(database);
    this.dropped = new DroppedProducts(new KeptRecipes(database), catalog);
  }

  /**
   * Creates what is missing.
   *
   * @param run a run that is registered
   * @throws dev.sluice.catalog.tables.Refused when a table exists and differs
   */
  public void to(DataContract contract, List<TenantId> tenants, String run) {
    ZoneTables tables = new ZoneTables(catalog);
    for (TenantId tenant : tenants) {
      tables.raw(contract, tenant);
      tables.quarantine(contract, tenant);
      tables.stage(contract, tenant);
      contract.references().forEach(r -> tables.reference(contract, tenant, r));
      dropped
          .without(contract, tenant)
          .products()
          .forEach(p -> tables.product(contract, tenant, p));
    }
    versions.applied(contract, run);
  }

  /**
   * Creates what is missing and changes what may change.
   *
   * @param run a run that is registered
   * @throws dev.sluice.catalog.tables.Refused with every reason, when a table cannot be changed
   */
  public void change(DataContract contract, TenantId tenant, String run) {
    new PlanContract(catalog).apply(dropped.without(contract, tenant), tenant);
    versions.applied(contract, run);
  }

  /** The tables of a contract for a tenant, in the order in which data moves. */
  public static List<String> tables(DataContract contract, TenantId tenant) {
    List<String> names = new ArrayList<>();
    names.add(contract.rawTable(tenant));
    names.add(contract.quarantineTable(tenant));
    names.add(contract.stageTable(tenant));
    for (ReferenceTable reference : contract.references()) {
      names.add(Zone.REFERENCE.table(tenant, reference.name()));
    }
    for (Product product : contract.products()) {
      names.add(Zone.REFINED.table(tenant, product.name()));
    }
    return names;
  }
}
