package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.OldPartitions;
import dev.sluice.pipelines.registry.KeptRecipes;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.TableUses.Kind;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.refined.DropProduct;
import dev.sluice.refined.OldProductPartitions;
import dev.sluice.refined.RebuildProduct;
import dev.sluice.refined.SettlePartitions;
import dev.sluice.refined.export.ExportedHead;
import dev.sluice.refined.export.ReadExportedHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** Unused products first, then what has expired, in the order in which data moves. */
  public List<Job> of(DataContract contract, TenantId tenant) {
    List<Job> jobs = new ArrayList<>();
    contract.products().stream()
        .filter(product -> product.dropUnusedAfter().isPresent())
        .forEach(product -> jobs.add(retire(contract, tenant, product)));
    ServiceLevels levels = contract.levels();
    levels
        .retentionOf(ServiceLevels.RAW)
        .ifPresent(kept -> jobs.add(expireRaw(contract, tenant, kept)));
    levels
        .retentionOf(contract.stage().name())
        .ifPresent(kept -> jobs.add(expireStage(contract, tenant, kept)));
    for (Product product : contract.products()) {
      levels
          .retentionOf(product.name())
          .ifPresent(kept -> jobs.add(expireProduct(contract, tenant, product, kept)));
    }
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
                () -> held(contract).or(() -> notExported(tenant, product)));
    return new Job(
        place(contract, tenant, table), () -> retire.get().perform(), () -> retire.get().plan());
  }

  private Job expireRaw(DataContract contract, TenantId tenant, Duration kept) {
    return job(
        contract,
        tenant,
        () ->
            new ExpireTable(
                lake(),
                contract,
                run,
                contract.rawTable(tenant),
                tenant.name(),
                () -> held(contract).or(() -> notPromoted(contract, tenant)),
                table -> OldPartitions.in(table, "landed_at", now.minus(kept)),
                old -> {},
                OldPartitions::expired),
        contract.rawTable(tenant));
  }

  private Job expireStage(DataContract contract, TenantId tenant, Duration kept) {
    String stage = contract.stageTable(tenant);
    String time = contract.stage().eventTime().column();
    return job(
        contract,
        tenant,
        () ->
            new ExpireTable(
                lake(),
                contract,
                run,
                stage,
                tenant.name(),
                () ->
                    held(contract)
                        .or(() -> notPromoted(contract, tenant))
                        .or(
                            () ->
                                readers(stage, tenant).stream()
                                    .flatMap(reader -> reader.objection(stage).stream())
                                    .findFirst()),
                table -> OldPartitions.in(table, time, now.minus(kept)),
                old -> {
                  long snapshot = old.table().currentSnapshot().snapshotId();
                  readers(stage, tenant)
                      .forEach(reader -> reader.settle(stage, snapshot, time, old.before()));
                },
                OldPartitions::expired),
        stage);
  }

  private Job expireProduct(
      DataContract contract, TenantId tenant, Product product, Duration kept) {
    String table = Zone.REFINED.table(tenant, product.name());
    OldProductPartitions old = new OldProductPartitions(product);
    return job(
        contract,
        tenant,
        () ->
            new ExpireTable(
                lake(),
                contract,
                run,
                table,
                tenant.name(),
                () -> held(contract),
                found -> old.in(found, now.minus(kept), pending(tenant, product)),
                unused -> {},
                old::touched),
        table);
  }

  private static Job job(
      DataContract contract, TenantId tenant, Supplier<ExpireTable> expire, String table) {
    return new Job(
        place(contract, tenant, table), () -> expire.get().perform(), () -> expire.get().plan());
  }

  private static StepPlace place(DataContract contract, TenantId tenant, String table) {
    return new StepPlace("lifecycle", contract.id(), table, tenant);
  }

  private static Optional<String> held(DataContract contract) {
    return contract
        .levels()
        .legalHold()
        .map(why -> "a legal hold keeps all of " + contract.id() + ": " + why);
  }

  /** Raw rows and stage rows stay while a promotion is unfinished or has not begun. */
  private Optional<String> notPromoted(DataContract contract, TenantId tenant) {
    String raw = contract.rawTable(tenant);
    String stage = contract.stageTable(tenant);
    String aside = contract.quarantineTable(tenant);
    if (!lake().exists(stage) || !lake().exists(aside)) {
      return Optional.of(raw + " has not been promoted yet");
    }
    long end = lake().head(raw).edition() + 1;
    Lane lane = Lane.ofTable(raw);
    boolean taken =
        lake().head(stage).lanes().at(lane) >= end && lake().head(aside).lanes().at(lane) >= end;
    return taken
        ? Optional.empty()
        : Optional.of(stage + " has not taken all of " + raw + "; promote first");
  }

  /** Partitions stay until an export has sent them. */
  private Set<String> pending(TenantId tenant, Product product) {
    return product.export().isEmpty()
        ? Set.of()
        : exported(tenant, product)
            .map(ExportedHead::pending)
            .<Set<String>>map(p -> p)
            .orElse(Set.of());
  }

  private Optional<String> notExported(TenantId tenant, Product product) {
    if (product.export().isEmpty()) {
      return Optional.empty();
    }
    String table = Zone.REFINED.table(tenant, product.name());
    Optional<ExportedHead> head = exported(tenant, product);
    boolean all =
        head.isPresent()
            && head.get().pending().isEmpty()
            && head.get().position().at(Lane.ofTable(table)) > lake().head(table).edition();
    return all
        ? Optional.empty()
        : Optional.of("BigQuery has not got all of " + table + " yet; export first");
  }

  private Optional<ExportedHead> exported(TenantId tenant, Product product) {
    return new ReadExportedHead(WireJobs.target(lakehouse.config())).of(tenant, product);
  }

  /** What products of all contracts make of a stage table. */
  private List<SettlePartitions> readers(String stage, TenantId tenant) {
    List<SettlePartitions> readers = new ArrayList<>();
    for (DataContract contract : lakehouse.contracts()) {
      if (!contract.tenants().contains(tenant)) {
        continue;
      }
      for (Product product : contract.products()) {
        boolean reads =
            product.inputs().stream()
                .anyMatch(i -> contract.inputTable(tenant, i).equals(Optional.of(stage)));
        if (reads) {
          readers.add(new SettlePartitions(lake(), contract, tenant, product, run));
        }
      }
    }
    return readers;
  }

  private Lake lake() {
    return lakehouse.lake();
  }

  private KeptRecipes recipes() {
    return new KeptRecipes(lakehouse.database());
  }
}
