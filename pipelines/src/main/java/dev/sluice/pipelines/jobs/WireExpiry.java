package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.OldPartitions;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.refined.OldProductPartitions;
import dev.sluice.refined.SettlePartitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Wires what removes a tenant's rows when their retention is over.
 *
 * @param contracts all of the lakehouse, whose products may read this one's stage table
 * @param needed why rows must stay
 * @param now the time by which rows are old
 */
record WireExpiry(
    Supplier<Lake> lake,
    List<DataContract> contracts,
    DataContract contract,
    TenantId tenant,
    RunContext run,
    Supplier<StillNeeded> needed,
    Instant now) {

  /**
   * One job for each table with a retention; raw's is the last, because it leaves an edition of raw
   * that stage has not taken, for which stage's would wait.
   */
  List<Job> jobs() {
    ServiceLevels levels = contract.levels();
    List<Job> jobs = new ArrayList<>();
    levels.retentionOf(contract.stage().name()).ifPresent(kept -> jobs.add(stage(kept)));
    for (Product product : contract.products()) {
      levels.retentionOf(product.name()).ifPresent(kept -> jobs.add(product(product, kept)));
    }
    levels.retentionOf(ServiceLevels.RAW).ifPresent(kept -> jobs.add(raw(kept)));
    return jobs;
  }

  private Job raw(Duration kept) {
    String raw = contract.rawTable(tenant);
    return job(
        raw,
        () ->
            new ExpireTable(
                lake.get(),
                contract,
                run,
                raw,
                tenant.name(),
                () -> needed.get().held().or(() -> needed.get().notPromoted()),
                table -> OldPartitions.in(table, "landed_at", now.minus(kept)),
                old -> {},
                OldPartitions::expired));
  }

  private Job stage(Duration kept) {
    String stage = contract.stageTable(tenant);
    String time = contract.stage().eventTime().column();
    return job(
        stage,
        () ->
            new ExpireTable(
                lake.get(),
                contract,
                run,
                stage,
                tenant.name(),
                () ->
                    needed
                        .get()
                        .held()
                        .or(() -> needed.get().notPromoted())
                        .or(() -> needed.get().notTaken(readers(stage))),
                table -> OldPartitions.in(table, time, now.minus(kept)),
                old -> settle(stage, time, old),
                OldPartitions::expired));
  }

  private Job product(Product product, Duration kept) {
    String table = Zone.REFINED.table(tenant, product.name());
    OldProductPartitions old = new OldProductPartitions(product);
    return job(
        table,
        () ->
            new ExpireTable(
                lake.get(),
                contract,
                run,
                table,
                tenant.name(),
                () -> needed.get().held(),
                found -> old.in(found, now.minus(kept), needed.get().pending(product)),
                unused -> {},
                old::touched));
  }

  private void settle(String stage, String time, OldPartitions old) {
    long snapshot = old.table().currentSnapshot().snapshotId();
    readers(stage).forEach(reader -> reader.settle(stage, snapshot, time, old.before()));
  }

  /** What products of all contracts make of a stage table. */
  private List<SettlePartitions> readers(String stage) {
    return contracts.stream()
        .filter(each -> each.tenants().contains(tenant))
        .flatMap(
            each ->
                each.products().stream()
                    .filter(product -> reads(each, product, stage))
                    .map(product -> new SettlePartitions(lake.get(), each, tenant, product, run)))
        .toList();
  }

  private boolean reads(DataContract declaring, Product product, String stage) {
    return product.inputs().stream()
        .anyMatch(input -> declaring.inputTable(tenant, input).equals(Optional.of(stage)));
  }

  private Job job(String table, Supplier<ExpireTable> expire) {
    return new Job(
        new StepPlace("lifecycle", contract.id(), table, tenant),
        () -> expire.get().perform(),
        () -> expire.get().plan());
  }
}
