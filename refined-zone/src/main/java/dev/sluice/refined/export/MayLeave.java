package dev.sluice.refined.export;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.publishing.ContractSql;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.refined.anonymity.AllowColumns;
import dev.sluice.refined.anonymity.FindTokenColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Decides from contract and table schema, without looking at a row, which columns may leave. */
record MayLeave(Lake lake, DataContract contract, TenantId tenant, Product product) {

  /** The columns; refuses the whole export when one of them may not leave. */
  AllowedColumns of(ExportPolicy policy, Table refined) {
    List<String> faults = AllowColumns.faults(product, policy, fromTokens());
    if (!faults.isEmpty()) {
      throw ExportRefused.setup(
          "Product "
              + product.name()
              + " may not be exported: "
              + String.join("; ", faults)
              + ". Correct its export policy or its SQL in contract "
              + contract.id());
    }
    return AllowedColumns.of(product, policy, refined.schema());
  }

  /** Columns of the product that are computed from a token or a personal value. */
  private Set<String> fromTokens() {
    Map<String, Dataset<Row>> inputs = new HashMap<>();
    product.inputs().forEach(input -> inputs.put(input.table(), marked(input)));
    return FindTokenColumns.in(
        ContractSql.query(lake, inputs, product.sql(), product.parameters()));
  }

  private Dataset<Row> marked(Product.Input input) {
    String name = input.table();
    if (input.neighbour().isPresent()) {
      return marked(Zone.STAGE.table(tenant, name), input.neighbour().get().stage());
    }
    if (name.equals(contract.stage().name())) {
      return marked(contract.stageTable(tenant), contract.stage());
    }
    ReferenceTable reference =
        contract.references().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ExportRefused.setup(
                        "Product "
                            + product.name()
                            + " reads "
                            + name
                            + ", whose classes contract "
                            + contract.id()
                            + " does not declare; nothing of it is exported"));
    return FindTokenColumns.mark(
        lake.read(Zone.REFERENCE.table(tenant, name)),
        reference.columns().stream()
            .filter(column -> column.classification() == Classification.PERSONAL)
            .map(ReferenceTable.Column::name)
            .collect(Collectors.toSet()));
  }

  private Dataset<Row> marked(String table, StageTable stage) {
    return FindTokenColumns.mark(
        lake.read(table),
        stage.columns().stream()
            .filter(column -> column.privacy().makesToken())
            .map(StageColumn::name)
            .collect(Collectors.toSet()));
  }
}
