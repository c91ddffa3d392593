package dev.sluice.refined;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.tables.ExpiredRows;
import dev.sluice.catalog.tables.Heads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Table;

/**
 * The tables that a dropped product is made of again: as its recipe found them, or as they stand
 * now where that is gone.
 *
 * @param before the head that the product had taken them from
 * @param inputs what is read
 * @param differences why the product may differ from what was dropped; empty when it may not
 */
record RebuildInputs(Head before, List<ProductInput> inputs, List<String> differences) {
  RebuildInputs {
    inputs = List.copyOf(inputs);
    differences = List.copyOf(differences);
  }

  /** As the recipe found them where they can still be had so, all of them; else all as of now. */
  static RebuildInputs of(
      Lake lake, DataContract contract, TenantId tenant, Product product, Recipe recipe) {
    List<String> differences = new ArrayList<>();
    List<ProductInput> then = new ArrayList<>();
    for (Product.Input declared : product.inputs()) {
      String name = contract.inputTable(tenant, declared).orElseThrow();
      Optional<Recipe.Input> kept =
          recipe.inputs().stream().filter(i -> i.table().equals(name)).findFirst();
      if (kept.isEmpty()) {
        differences.add("the recipe knows nothing of " + name);
        continue;
      }
      Optional<ProductInput> found = then(lake, declared, kept.get());
      found.ifPresentOrElse(
          then::add,
          () ->
              differences.add(
                  "rows of "
                      + name
                      + " up to edition "
                      + kept.get().edition()
                      + " expired since, or were rewritten and their snapshot is gone"));
    }
    if (differences.isEmpty()) {
      return new RebuildInputs(recipe.head(), then, differences);
    }
    return now(lake, contract, tenant, product, recipe, differences);
  }

  /** All as they stand now; the product's lanes begin anew. */
  static RebuildInputs now(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      Product product,
      Recipe recipe,
      List<String> differences) {
    return new RebuildInputs(
        new Head(recipe.head().epoch(), recipe.head().edition(), Position.START),
        new TakeInputs(lake, contract, tenant).of(product, Head.NONE),
        differences);
  }

  private static Optional<ProductInput> then(Lake lake, Product.Input declared, Recipe.Input kept) {
    Table table = lake.table(kept.table());
    Head head = Heads.of(table);
    long next = kept.edition() == 0 ? 0 : kept.edition() + 1;
    LaneRange nothing = new LaneRange(next, next);
    if (kept.edition() > 0 && hasExpired(table, kept.edition())) {
      return Optional.empty(); // a snapshot may still hold the rows, and they may not come back
    }
    if (kept.edition() == 0
        || (kept.snapshot().isPresent() && table.snapshot(kept.snapshot().getAsLong()) != null)) {
      return Optional.of(
          new ProductInput(declared, kept.table(), kept.snapshot(), nothing, Touched.NOTHING));
    }
    boolean onlyAppended =
        head.epoch() == kept.epoch()
            && Heads.touchedSince(table, kept.edition()).equals(Touched.NOTHING)
            && table.currentSnapshot() != null;
    return onlyAppended
        ? Optional.of(
            new ProductInput(
                declared,
                kept.table(),
                OptionalLong.of(table.currentSnapshot().snapshotId()),
                nothing,
                Touched.NOTHING,
                OptionalLong.of(kept.edition())))
        : Optional.empty();
  }

  /** Whether rows left by their age after an edition; true as well where that is forgotten. */
  private static boolean hasExpired(Table table, long edition) {
    Touched since = Heads.touchedSince(table, edition);
    return !since.equals(since.withoutExpired())
        || (since.all() && ExpiredRows.of(table.properties()).isPresent());
  }
}
