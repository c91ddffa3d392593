package dev.sluice.refined;

import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.contract.change.ProductDefinition;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.AuditBranches;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.catalog.tables.ZoneTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings a dropped product back by its recipe: computes it from its inputs as they were, compares
 * the checksum, and publishes it as the successor of what was dropped, in one commit. Ordinary
 * refinement goes on from there. Where inputs have been rewritten since, it is made of what they
 * hold now, and says so.
 */
public final class RebuildProduct {
  private final Lake lake;
  private final DataContract contract;
  private final TenantId tenant;
  private final Product product;
  private final RunContext run;
  private final Recipes recipes;
  private final boolean asOfNow;
  private final String table;

  /**
   * @param asOfNow whether to make it of what its inputs hold now, whatever the recipe says
   */
  public RebuildProduct(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      Product product,
      RunContext run,
      Recipes recipes,
      boolean asOfNow) {
    this.lake = lake;
    this.contract = contract;
    this.tenant = tenant;
    this.product = product;
    this.run = run;
    this.recipes = recipes;
    this.asOfNow = asOfNow;
    this.table = Zone.REFINED.table(tenant, product.name());
  }

  /** Does the work; what can be expected to happen is the outcome, anything else is thrown. */
  public JobOutcome run() {
    Optional<Recipes.Kept> kept = recipes.of(table);
    if (kept.isEmpty() || stands()) {
      return new JobOutcome.NothingToDo(table + " is not dropped");
    }
    try {
      return rebuild(kept.get().recipe());
    } catch (CannotRefine e) {
      return e.outcome();
    }
  }

  /** What {@link #run()} would do now. */
  public JobPlan plan() {
    Optional<Recipes.Kept> kept = recipes.of(table);
    if (kept.isEmpty() || stands()) {
      return new JobPlan(List.of(table + " is not dropped"), true);
    }
    Recipe recipe = kept.get().recipe();
    RebuildInputs inputs = inputs(recipe);
    List<String> lines = new ArrayList<>();
    lines.add(table + " was dropped at " + kept.get().at() + " with " + recipe.rows() + " rows");
    inputs
        .inputs()
        .forEach(i -> lines.add("would read " + i.table() + " below edition " + i.news().until()));
    inputs.differences().forEach(why -> lines.add("would differ: " + why));
    return new JobPlan(lines, false);
  }

  private boolean stands() {
    return lake.exists(table) && lake.head(table).edition() > 0;
  }

  private RebuildInputs inputs(Recipe recipe) {
    List<String> differences = new ArrayList<>();
    if (asOfNow) {
      differences.add("it was asked for as of now");
    }
    if (!recipe.definition().equals(ProductDefinition.fingerprint(product))) {
      differences.add(
          "its definition changed since version "
              + recipe.contractVersion()
              + " of the contract (now "
              + contract.version()
              + ")");
    }
    return differences.isEmpty()
        ? RebuildInputs.of(lake, contract, tenant, product, recipe)
        : RebuildInputs.now(lake, contract, tenant, product, recipe, differences);
  }

  private JobOutcome rebuild(Recipe recipe) {
    RebuildInputs inputs = inputs(recipe);
    new ZoneTables(lake.catalog()).product(contract, tenant, product);
    String branch = AuditBranches.nameFor(run.id());
    try {
      long rows = write(inputs, branch);
      ContentChecksum made = ContentChecksum.of(product, lake.readBranch(table, branch));
      boolean equal = isAsItWas(made, recipe);
      if (!equal && inputs.differences().isEmpty()) {
        return new JobOutcome.Failed(
            FailureKind.SETUP,
            table
                + " does not come back as it was: expected "
                + recipe.rows()
                + " rows with checksum "
                + recipe.checksum()
                + ", got "
                + made.rows()
                + " with "
                + made.text()
                + " from the same rows of its inputs, so its SQL does not give the same each time."
                + " Nothing was published. To do: correct the SQL, then rebuild with --as-of-now");
      }
      ((GuardedCatalog) lake.catalog())
          .restore(TableIdentifier.parse(table), branch, inputs.before());
      new ComputedUnder(lake.table(table), product).note();
      return new JobOutcome.Done(figures(rows, recipe, equal, inputs.differences()));
    } finally {
      AuditBranches.drop(lake.table(table), branch);
    }
  }

  private static boolean isAsItWas(ContentChecksum made, Recipe recipe) {
    return made.text().equals(recipe.checksum()) && made.rows() == recipe.rows();
  }

  private long write(RebuildInputs inputs, String branch) {
    Stamp stamp =
        NextStamp.on(
            inputs.before(),
            run,
            contract,
            inputs.inputs().stream()
                .collect(Collectors.toMap(ProductInput::lane, ProductInput::news)),
            Optional.of(branch),
            Touched.ALL);
    Dataset<Row> rows =
        new ComputeProduct(lake, product, PartitionValues.of(product))
            .of(inputs.inputs(), Touched.ALL);
    return StampedWrite.overwrite(rows, table, lit(true), stamp, Optional.of(branch));
  }

  private StepFigures figures(long rows, Recipe recipe, boolean equal, List<String> differences) {
    SortedMap<String, Long> notes =
        new TreeMap<>(Map.of("rowsBefore", recipe.rows(), "checksumEqual", equal ? 1L : 0L));
    differences.forEach(why -> notes.put("differs: " + why, 1L));
    return StepFigures.allPublished("rebuild", product.name(), tenant.name(), rows, notes);
  }
}
