package dev.sluice.refined;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.SnapshotsByEdition;
import java.util.List;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Looks at what a product reads: each table's snapshot and its editions beyond a head. */
record TakeInputs(Lake lake, DataContract contract, TenantId tenant) {

  /** All inputs of the product, with or without news. */
  List<ProductInput> of(Product product, Head head) {
    return product.inputs().stream().map(input -> take(product, input, head)).toList();
  }

  /**
   * All inputs as the product has taken them up to its head, none with news: what is computed from
   * them stands beside the product's other rows as if it had been computed with them.
   *
   * @throws CannotRefine when an input's rows of then have expired
   */
  List<ProductInput> taken(Product product, Head head) {
    return of(product, head).stream().map(this::asTaken).toList();
  }

  private ProductInput asTaken(ProductInput input) {
    long next = input.news().from();
    OptionalLong then = input.hasNews() ? snapshotOf(input, next - 1) : input.snapshot();
    return new ProductInput(
        input.declared(), input.table(), then, new LaneRange(next, next), Touched.NOTHING);
  }

  private OptionalLong snapshotOf(ProductInput input, long edition) {
    if (edition < 1) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        SnapshotsByEdition.of(lake.table(input.table()), edition)
            .orElseThrow(
                () ->
                    new CannotRefine(
                        FailureKind.TRANSIENT,
                        "Expected edition "
                            + edition
                            + " of "
                            + input.table()
                            + ", up to which the product was computed; it has expired. To do:"
                            + " refine first, then backfill"))
            .snapshotId());
  }

  private ProductInput take(Product product, Product.Input input, Head head) {
    String name = tableOf(product, input);
    if (!lake.exists(name)) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "Product "
              + product.name()
              + " reads "
              + name
              + ", which does not exist. To do: apply contract "
              + input.neighbour().map(Product.Neighbour::contract).orElse(contract.id())
              + ", which creates it");
    }
    Table table = lake.table(name); // one metadata object: head and snapshot belong together
    Head source = Heads.of(table);
    Snapshot snapshot = table.currentSnapshot();
    long from = head.lanes().at(Lane.ofTable(name));
    long until = source.edition() == 0 ? 0 : source.edition() + 1;
    if (from > until) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "Product "
              + product.name()
              + " has taken editions of "
              + name
              + " up to "
              + (from - 1)
              + ", but the table stands at "
              + source.edition()
              + ": it was rewound or made anew. To do: rewind the product first, or make it anew");
    }
    return new ProductInput(
        input,
        name,
        snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()),
        new LaneRange(from, until),
        from == 0 ? Touched.NOTHING : Heads.touchedSince(table, from - 1).withoutExpired());
  }

  private String tableOf(Product product, Product.Input input) {
    return contract
        .inputTable(tenant, input)
        .orElseThrow(
            () ->
                new CannotRefine(
                    FailureKind.SETUP,
                    "Product "
                        + product.name()
                        + " reads "
                        + input.table()
                        + ", which is neither a stage table nor reference data of contract "
                        + contract
                        + ". To do: correct the product's inputs"));
  }
}
