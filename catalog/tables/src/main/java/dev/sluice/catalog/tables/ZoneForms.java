package dev.sluice.catalog.tables;

import static org.apache.iceberg.types.Types.NestedField.required;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.contract.change.DeclaredParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.NestedField;

/** The tables of one contract for one tenant, as they are declared. */
final class ZoneForms {
  private final DataContract contract;
  private final TenantId tenant;

  ZoneForms(DataContract contract, TenantId tenant) {
    this.contract = contract;
    this.tenant = tenant;
  }

  /** All of them, in the order in which data moves. */
  List<TableForm> all() {
    List<TableForm> forms = new ArrayList<>(List.of(raw(), quarantine(), stage()));
    contract.references().forEach(r -> forms.add(reference(r)));
    contract.products().forEach(p -> forms.add(product(p)));
    return forms;
  }

  TableForm raw() {
    Schema schema = FixedColumns.raw();
    return form(
        contract.rawTable(tenant),
        "raw",
        schema,
        PartitionSpec.builderFor(schema).day("landed_at").build(),
        SortOrder.unsorted(),
        new GovernedProperties(contract)
            .distributed("none")
            .withoutMetrics(
                List.of("key", "value", "headers.element.key", "headers.element.value")),
        Map.of());
  }

  TableForm quarantine() {
    Schema schema = FixedColumns.quarantine();
    return form(
        contract.quarantineTable(tenant),
        "quarantine",
        schema,
        PartitionSpec.builderFor(schema).identity("fate").build(),
        SortOrder.unsorted(),
        new GovernedProperties(contract).distributed("hash").withoutMetrics(List.of("payload")),
        Map.of());
  }

  TableForm stage() {
    StageColumns columns = new StageColumns(contract.stage());
    Schema schema = columns.schema();
    Transforms transforms = new Transforms(schema);
    PartitionSpec spec = transforms.partitioning(contract.stage().partitioning());
    return form(
        contract.stageTable(tenant),
        contract.stage().name(),
        schema,
        spec,
        transforms.sorting(contract.stage().sortedBy()),
        new GovernedProperties(contract)
            .distributed(spec.isUnpartitioned() ? "none" : "hash")
            .withoutMetrics(columns.concealed()),
        DeclaredParts.ofStage(contract));
  }

  TableForm reference(ReferenceTable reference) {
    ColumnIds ids = new ColumnIds();
    List<NestedField> fields =
        new ArrayList<>(
            reference.columns().stream()
                .map(c -> ids.field(c.name(), c.type(), c.required(), Optional.empty()))
                .toList());
    fields.add(required(ids.next(), FixedColumns.EDITION, FixedColumns.LONG));
    return form(
        Zone.REFERENCE.table(tenant, reference.name()),
        reference.name(),
        new Schema(fields),
        PartitionSpec.unpartitioned(),
        SortOrder.unsorted(),
        new GovernedProperties(contract)
            .distributed("none")
            .withoutMetrics(
                reference.columns().stream()
                    .filter(c -> GovernedProperties.isConcealed(c.classification()))
                    .map(ReferenceTable.Column::name)
                    .toList()),
        DeclaredParts.ofReference(reference));
  }

  TableForm product(Product product) {
    ColumnIds ids = new ColumnIds();
    List<NestedField> fields =
        new ArrayList<>(
            product.columns().stream()
                .map(c -> ids.field(c.name(), c.type(), c.required(), Optional.of(c.description())))
                .toList());
    fields.add(required(ids.next(), FixedColumns.EDITION, FixedColumns.LONG));
    Schema schema = new Schema(fields);
    return form(
        Zone.REFINED.table(tenant, product.name()),
        product.name(),
        schema,
        PartitionSpec.builderFor(schema).identity(product.partition()).build(),
        SortOrder.unsorted(),
        new GovernedProperties(contract)
            .distributed("hash")
            .withoutMetrics(
                product.columns().stream()
                    .filter(c -> GovernedProperties.isConcealed(c.classification()))
                    .map(Product.ProductColumn::name)
                    .toList()),
        DeclaredParts.ofProduct(product));
  }

  private static TableForm form(
      String name,
      String declaredAs,
      Schema schema,
      PartitionSpec spec,
      SortOrder order,
      GovernedProperties properties,
      Map<String, String> parts) {
    return new TableForm(
        TableIdentifier.parse(name),
        declaredAs,
        schema,
        spec,
        order,
        properties.declaring(parts).asMap(),
        parts);
  }
}
