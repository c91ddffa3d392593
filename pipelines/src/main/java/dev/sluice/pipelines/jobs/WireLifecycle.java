package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.registry.KeptRecipes;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.TableUses.Kind;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.refined.DropProduct;
import dev.sluice.refined.RebuildProduct;
import dev.sluice.refined.export.ReadExportedHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Wires what ends the life of rows and products, and what brings products back. */
public final class WireLifecycle {
  private final Lakehouse lakehouse;
  private final RunContext run;
  private final Instant now;

  /**
   * @param now the time by which rows are old and products unused
   */
  public WireLifecycle(Lakehouse lakehouse, RunContext run, Instant now) {
    this.lakehouse = lakehouse;
    this.run = run;
    this.now = now;
  }

  /** Unused products first, then what has expired. */
  public List<Job> of(DataContract contract, TenantId tenant) {
    List<Job> jobs = new ArrayList<>();
    contract.products().stream()
        .filter(product -> product.dropUnusedAfter().isPresent())
        .forEach(product -> jobs.add(retire(contract, tenant, product)));
    jobs.addAll(
        new WireExpiry(
                lakehouse::lake,
                lakehouse.contracts(),
                contract,
                tenant,
                run,
                () -> needed(contract, tenant),
                now)
            .jobs());
    return jobs;
  }

  /** Brings a dropped product back. */
  public Job rebuild(DataContract contract, TenantId tenant, Product product, boolean asOfNow) {
    Supplier<RebuildProduct> rebuild =
        () -> new RebuildProduct(lake(), contract, tenant, product, run, recipes(), asOfNow);
    String table = Zone.REFINED.table(tenant, product.name());
    return new Job(
        new StepPlace("refine", contract.id(), product.name(), tenant),
        () -> {
          JobOutcome outcome = rebuild.get().run();
          if (outcome instanceof JobOutcome.Done) {
            lakehouse.uses().note(List.of(table), Kind.REBUILD, run.startedAt());
          }
          return outcome;
        },
        () -> rebuild.get().plan());
  }

  private Job retire(DataContract contract, TenantId tenant, Product product) {
    String table = Zone.REFINED.table(tenant, product.name());
    Supplier<RetireProduct> retire =
        () ->
            new RetireProduct(
                new DropProduct(lake(), contract, tenant, product, run, recipes()),
                table,
                product.dropUnusedAfter().orElseThrow(),
                new StepPlace("refine", contract.id(), product.name(), tenant),
                run.id(),
                new Leases(
                    lakehouse.database(),
                    Duration.ofMinutes(lakehouse.config().limits().leaseMinutes())),
                lakehouse.uses(),
                now,
                () ->
                    needed(contract, tenant)
                        .held()
                        .or(() -> needed(contract, tenant).notExported(product)));
    return new Job(
        new StepPlace("lifecycle", contract.id(), table, tenant),
        () -> retire.get().perform(),
        () -> retire.get().plan());
  }

  private StillNeeded needed(DataContract contract, TenantId tenant) {
    return new StillNeeded(
        lake(),
        contract,
        tenant,
        product -> new ReadExportedHead(WireJobs.target(lakehouse.config())).of(tenant, product));
  }

  private Lake lake() {
    return lakehouse.lake();
  }

  private KeptRecipes recipes() {
    return new KeptRecipes(lakehouse.database());
  }
}
