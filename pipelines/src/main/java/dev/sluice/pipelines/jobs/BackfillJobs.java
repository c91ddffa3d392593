package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.refined.BackfillProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The backfill of a stretch of event time: stage first, then each product, and after a product its
 * export. Each is a job with a lease of its own, so two backfills do not do the same twice.
 */
public final class BackfillJobs {
  private static final String STEP = "backfill";

  private final WireJobs wire;
  private final BackfillRange range;
  private final Set<BackfillZone> zones;

  public BackfillJobs(WireJobs wire, BackfillRange range, Set<BackfillZone> zones) {
    this.wire = wire;
    this.range = range;
    this.zones = zones;
  }

  /** Every product needs stage, and each export its product. */
  public JobChains of(DataContract contract, TenantId tenant) {
    return new JobChains(
        zones.contains(BackfillZone.STAGE)
            ? List.of(wire.stageAgain(contract, tenant, range))
            : List.of(),
        products(contract, tenant));
  }

  private List<List<Job>> products(DataContract contract, TenantId tenant) {
    List<List<Job>> chains = new ArrayList<>();
    for (Product product : contract.products()) {
      List<Job> chain = new ArrayList<>();
      if (zones.contains(BackfillZone.REFINED)) {
        chain.add(refined(contract, tenant, product));
      }
      if (zones.contains(BackfillZone.EXPORT) && product.export().isPresent()) {
        chain.add(wire.exportAgain(contract, tenant, product, range));
      }
      chains.add(chain);
    }
    return chains;
  }

  private Job refined(DataContract contract, TenantId tenant, Product product) {
    StepPlace refine = new StepPlace("refine", contract.id(), product.name(), tenant);
    Supplier<BackfillProduct> job =
        () ->
            new BackfillProduct(
                wire.lakehouse().lake(),
                contract,
                tenant,
                product,
                wire.run(),
                range,
                new LetFreshDataPass(wire.lakehouse(), refine));
    return new Job(
        new StepPlace(STEP, contract.id(), product.name(), tenant),
        () -> wire.dropped(tenant, product).orElseGet(() -> job.get().run()),
        () -> wire.planned(tenant, product, () -> job.get().plan()));
  }
}
