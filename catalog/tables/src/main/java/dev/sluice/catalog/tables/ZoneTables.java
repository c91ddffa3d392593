package dev.sluice.catalog.tables;

import static org.apache.iceberg.types.Types.NestedField.required;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.types.Types.NestedField;

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
    Schema schema = FixedColumns.raw();
    Map<String, String> properties =
        new GovernedProperties(contract)
            .distributed("none")
            .withoutMetrics(List.of("key", "value", "headers.element.key", "headers.element.value"))
            .asMap();
    return table(
        contract.rawTable(tenant),
        schema,
        PartitionSpec.builderFor(schema).day("landed_at").build(),
        SortOrder.unsorted(),
        properties);
  }

  /** Every row of raw that is not in stage, once, with its fate. */
  public Table quarantine(DataContract contract, TenantId tenant) {
    Schema schema = FixedColumns.quarantine();
    return table(
        contract.quarantineTable(tenant),
        schema,
        PartitionSpec.builderFor(schema).identity("fate").build(),
        SortOrder.unsorted(),
        new GovernedProperties(contract)
            .distributed("hash")
            .withoutMetrics(List.of("payload"))
            .asMap());
  }

  /** The conformed rows of a data set. */
  public Table stage(DataContract contract, TenantId tenant) {
    StageColumns columns = new StageColumns(contract.stage());
    Schema schema = columns.schema();
    PartitionSpec spec = new Transforms(schema).partitioning(contract.stage().partitioning());
    return table(
        contract.stageTable(tenant),
        schema,
        spec,
        new Transforms(schema).sorting(contract.stage().sortedBy()),
        new GovernedProperties(contract)
            .distributed(spec.isUnpartitioned() ? "none" : "hash")
            .withoutMetrics(columns.concealed())
            .asMap());
  }

  /** Reference data that is owned elsewhere. */
  public Table reference(DataContract contract, TenantId tenant, ReferenceTable reference) {
    ColumnIds ids = new ColumnIds();
    List<NestedField> fields =
        new ArrayList<>(
            reference.columns().stream()
                .map(c -> ids.field(c.name(), c.type(), c.required(), Optional.empty()))
                .toList());
    fields.add(required(ids.next(), FixedColumns.EDITION, FixedColumns.LONG));
    return table(
        Zone.REFERENCE.table(tenant, reference.name()),
        new Schema(fields),
        PartitionSpec.unpartitioned(),
        SortOrder.unsorted(),
        new GovernedProperties(contract)
            .distributed("none")
            .withoutMetrics(
                reference.columns().stream()
                    .filter(c -> GovernedProperties.isConcealed(c.classification()))
                    .map(ReferenceTable.Column::name)
                    .toList())
            .asMap());
  }

  /** A refined table, partitioned by the column whose values are recomputed as wholes. */
  public Table product(DataContract contract, TenantId tenant, Product product) {
    ColumnIds ids = new ColumnIds();
    List<NestedField> fields =
        new ArrayList<>(
            product.columns().stream()
                .map(c -> ids.field(c.name(), c.type(), c.required(), Optional.of(c.description())))
                .toList());
    fields.add(required(ids.next(), FixedColumns.EDITION, FixedColumns.LONG));
    Schema schema = new Schema(fields);
    return table(
        Zone.REFINED.table(tenant, product.name()),
        schema,
        PartitionSpec.builderFor(schema).identity(product.partition()).build(),
        SortOrder.unsorted(),
        new GovernedProperties(contract)
            .distributed("hash")
            .withoutMetrics(
                product.columns().stream()
                    .filter(c -> GovernedProperties.isConcealed(c.classification()))
                    .map(Product.ProductColumn::name)
                    .toList())
            .asMap());
  }

  private Table table(
      String name,
      Schema schema,
      PartitionSpec spec,
      SortOrder order,
      Map<String, String> properties) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    if (catalog.tableExists(identifier)) {
      return existing(identifier, schema, spec);
    }
    createNamespace(identifier.namespace());
    try {
      return catalog
          .buildTable(identifier, schema)
          .withPartitionSpec(spec)
          .withSortOrder(order)
          .withProperties(properties)
          .create();
    } catch (AlreadyExistsException e) {
      return existing(identifier, schema, spec);
    }
  }

  private Table existing(TableIdentifier identifier, Schema schema, PartitionSpec spec) {
    Table table = catalog.loadTable(identifier);
    FormText expected = new FormText(schema, spec);
    FormText found = new FormText(table.schema(), table.spec());
    if (!expected.equals(found) || !GovernedTables.isGoverned(table.properties())) {
      throw new Refused(
          Refused.Why.CONTRACT,
          identifier
              + " exists and is not the governed table that the contract declares. Expected "
              + expected.text()
              + "; found "
              + found.text()
              + ". To do: undo the contract's change, or make the table anew under another name");
    }
    return table;
  }

  private void createNamespace(Namespace namespace) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        return; // another process was faster
      }
    }
  }
}
