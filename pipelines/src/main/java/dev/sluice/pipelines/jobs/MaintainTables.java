package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.publishing.upkeep.MaintainTable;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.runner.StepPlace;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The upkeep of a data set's tables: one job a table, each under a lease of its own. */
public final class MaintainTables {
  private final Lakehouse lakehouse;
  private final Clock clock;

  /**
   * @param clock tells what is old
   */
  public MaintainTables(Lakehouse lakehouse, Clock clock) {
    this.lakehouse = lakehouse;
    this.clock = clock;
  }

  /** In the order in which data moves. */
  public List<Job> of(DataContract contract, TenantId tenant) {
    List<Job> jobs = new ArrayList<>();
    jobs.add(job(contract, tenant, "raw", contract.rawTable(tenant)));
    jobs.add(job(contract, tenant, "quarantine", contract.quarantineTable(tenant)));
    jobs.add(job(contract, tenant, contract.stage().name(), contract.stageTable(tenant)));
    for (ReferenceTable reference : contract.references()) {
      String name = reference.name();
      jobs.add(job(contract, tenant, name, Zone.REFERENCE.table(tenant, name)));
    }
    for (Product product : contract.products()) {
      jobs.add(job(contract, tenant, product.name(), Zone.REFINED.table(tenant, product.name())));
    }
    return jobs;
  }

  private Job job(DataContract contract, TenantId tenant, String name, String table) {
    Leases leases = new Leases(lakehouse.database(), Duration.ofMinutes(1));
    Supplier<MaintainTable> maintain =
        () ->
            new MaintainTable(
                lakehouse.lake(),
                table,
                contract.upkeep().of(name),
                leases::isHeldBy,
                clock.instant());
    return new Job(
        new StepPlace("maintain", contract.id(), table, tenant),
        () -> maintain.get().run(table, tenant.name()),
        () -> maintain.get().plan());
  }
}
