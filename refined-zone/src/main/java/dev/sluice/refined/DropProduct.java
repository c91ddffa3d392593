package dev.sluice.refined;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.Refused;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Drops a product that can be made again: keeps its recipe, then drops the table as it stood when
 * the recipe was made. A crash between the two leaves the table, and a recipe that nobody needs.
 */
public final class DropProduct {
  private final Lake lake;
  private final MakeRecipe make;
  private final Product product;
  private final RunContext run;
  private final Recipes recipes;
  private final String table;

  /**
   * @param contract the one that declares the product
   */
  public DropProduct(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      Product product,
      RunContext run,
      Recipes recipes) {
    this.lake = lake;
    this.make = new MakeRecipe(lake, contract, tenant, product, run);
    this.product = product;
    this.run = run;
    this.recipes = recipes;
    this.table = Zone.REFINED.table(tenant, product.name());
  }

  /** What a drop gives back. */
  public record Freed(long rows, long files, long bytes) {}

  /** Why it could not be made again as it is; empty when it could, or does not stand. */
  public Optional<String> objection() {
    if (!lake.exists(table) || lake.head(table).edition() == 0) {
      return Optional.empty();
    }
    Table standing = lake.table(table);
    if (!Settled.of(product, standing.properties()).isEmpty()) {
      return Optional.of(
          table + " holds partitions whose source rows have expired, so it cannot be made again");
    }
    return new ComputedUnder(standing, product).isOutdated()
        ? Optional.of(table + " was made under another definition; refine first")
        : Optional.empty();
  }

  /** What would be freed; empty when there is nothing to drop. */
  public Optional<Freed> freed() {
    if (!lake.exists(table) || lake.head(table).edition() == 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(lake.table(table).currentSnapshot())
        .map(
            snapshot ->
                new Freed(
                    total(snapshot.summary(), SnapshotSummary.TOTAL_RECORDS_PROP),
                    total(snapshot.summary(), SnapshotSummary.TOTAL_DATA_FILES_PROP),
                    total(snapshot.summary(), SnapshotSummary.TOTAL_FILE_SIZE_PROP)));
  }

  /** Does it; reads all rows once, for the checksum. */
  public JobOutcome run(String tenant) {
    Optional<Freed> freed = freed();
    if (freed.isEmpty()) {
      return new JobOutcome.NothingToDo(table + " does not stand");
    }
    Table standing = lake.table(table);
    recipes.keep(make.of(table, standing), run.id());
    try {
      ((GuardedCatalog) lake.catalog())
          .dropGoverned(TableIdentifier.parse(table), Heads.of(standing), true);
    } catch (Refused e) {
      return new JobOutcome.Busy(String.valueOf(e.getMessage()));
    }
    return new JobOutcome.Done(
        StepFigures.allPublished(
            "lifecycle",
            product.name(),
            tenant,
            0,
            Map.of(
                "rowsDropped", freed.get().rows(),
                "filesRemoved", freed.get().files(),
                "bytesRemoved", freed.get().bytes())));
  }

  private static long total(Map<String, String> summary, String name) {
    return Long.parseLong(summary.getOrDefault(name, "0"));
  }
}
