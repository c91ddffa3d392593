package dev.sluice.refined;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.change.ProductDefinition;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.SnapshotsByEdition;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Writes down what a product's table was made of and what it holds. */
record MakeRecipe(
    Lake lake, DataContract contract, TenantId tenant, Product product, RunContext run) {

  Recipe of(String name, Table table) {
    Head head = Heads.of(table);
    List<Recipe.Input> inputs = new ArrayList<>();
    for (Product.Input input : product.inputs()) {
      contract
          .inputTable(tenant, input)
          .filter(lake::exists)
          .ifPresent(source -> inputs.add(input(source, head)));
    }
    ContentChecksum content = ContentChecksum.of(product, lake.read(name));
    return new Recipe(
        name,
        contract.id(),
        contract.version(),
        contract.hash(),
        run.codeVersion(),
        ProductDefinition.fingerprint(product),
        head,
        inputs,
        schema(product),
        content.rows(),
        content.text());
  }

  static String schema(Product product) {
    return product.columns().stream()
        .map(c -> c.name() + " " + c.type().ddl())
        .collect(Collectors.joining(", "));
  }

  private Recipe.Input input(String name, Head product) {
    Table table = lake.table(name);
    long taken = Math.max(0, product.lanes().at(Lane.ofTable(name)) - 1);
    return new Recipe.Input(name, snapshot(table, taken), Heads.of(table).epoch(), taken);
  }

  private static OptionalLong snapshot(Table table, long edition) {
    return edition == 0
        ? OptionalLong.empty()
        : SnapshotsByEdition.of(table, edition).stream()
            .mapToLong(Snapshot::snapshotId)
            .findFirst();
  }
}
