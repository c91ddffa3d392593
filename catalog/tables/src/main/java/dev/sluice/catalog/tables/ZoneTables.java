package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Creates the tables that contracts declare, and their namespaces. Each method gives the existing
 * table when it is there already, and is refused (CONTRACT) when that differs in columns or
 * partitioning from what the contract says.
 */
public final class ZoneTables {
  private final Catalog catalog;

  public ZoneTables(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The bytes of a data set as they were received. */
  public Table raw(DataContract contract, TenantId tenant) {
    return table(new ZoneForms(contract, tenant).raw());
  }

  /** Every row of raw that is not in stage, once, with its fate. */
  public Table quarantine(DataContract contract, TenantId tenant) {
    return table(new ZoneForms(contract, tenant).quarantine());
  }

  /** The conformed rows of a data set. */
  public Table stage(DataContract contract, TenantId tenant) {
    return table(new ZoneForms(contract, tenant).stage());
  }

  /** Reference data that is owned elsewhere. */
  public Table reference(DataContract contract, TenantId tenant, ReferenceTable reference) {
    return table(new ZoneForms(contract, tenant).reference(reference));
  }

  /** A refined table, partitioned by the column whose values are recomputed as wholes. */
  public Table product(DataContract contract, TenantId tenant, Product product) {
    return table(new ZoneForms(contract, tenant).product(product));
  }

  Table table(TableForm form) {
    try {
      return existing(form);
    } catch (NoSuchTableException e) {
      return create(form);
    }
  }

  private Table create(TableForm form) {
    TableIdentifier identifier = form.identifier();
    createNamespace(identifier.namespace());
    try {
      return catalog
          .buildTable(identifier, form.schema())
          .withPartitionSpec(form.spec())
          .withSortOrder(form.order())
          .withProperties(form.properties())
          .create();
    } catch (AlreadyExistsException e) {
      return existing(form);
    }
  }

  private Table existing(TableForm form) {
    Table table = catalog.loadTable(form.identifier());
    TablePlan plan = CompareForm.of(form, table, Optional.empty());
    if (plan.changesColumns() || !plan.refused().isEmpty()) {
      throw new Refused(
          Refused.Why.CONTRACT,
          form.identifier()
              + " exists and is not the governed table that the contract declares: "
              + String.join("; ", plan.differences())
              + ". Expected "
              + new FormText(form.schema(), form.spec()).text()
              + "; found "
              + new FormText(table.schema(), table.spec()).text()
              + ". To do: look at 'sluice contracts plan' and apply it, or undo the contract's"
              + " change");
    }
    return table;
  }

  private void createNamespace(Namespace namespace) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException | UncheckedSQLException e) {
        if (!namespaces.namespaceExists(namespace)) { // else another process was faster
          throw e;
        }
      }
    }
  }
}
