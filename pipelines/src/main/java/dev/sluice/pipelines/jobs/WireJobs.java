package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.PasswordReference;
import dev.sluice.pipelines.config.SecretReference;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.EgressLedger;
import dev.sluice.pipelines.registry.KeptRecipes;
import dev.sluice.pipelines.registry.RawTurns;
import dev.sluice.pipelines.registry.TableUses.Kind;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.raw.KafkaSource;
import dev.sluice.raw.LandKafkaInRaw;
import dev.sluice.refined.PartitionsOfRange;
import dev.sluice.refined.PromoteStageToRefined;
import dev.sluice.refined.export.BackfillExport;
import dev.sluice.refined.export.BigQueryTarget;
import dev.sluice.refined.export.ExportRefinedToBigQuery;
import dev.sluice.refined.reference.ReferenceSource;
import dev.sluice.refined.reference.RefreshReference;
import dev.sluice.stage.BackfillStage;
import dev.sluice.stage.PromoteRawToStage;
import dev.sluice.stage.ReplayQuarantine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the zones' job classes to one lakehouse's configuration. */
public final class WireJobs {
  private static final Logger LOG = LoggerFactory.getLogger(WireJobs.class);

  private final Lakehouse lakehouse;
  private final RunContext run;

  public WireJobs(Lakehouse lakehouse, RunContext run) {
    this.lakehouse = lakehouse;
    this.run = run;
  }

  /** The run in which the jobs do their work. */
  public RunContext run() {
    return run;
  }

  /** The lakehouse that the jobs are wired to. */
  public Lakehouse lakehouse() {
    return lakehouse;
  }

  public Job land(DataContract contract, TenantId tenant) {
    return new Job(
        place("land", contract, contract.id(), tenant),
        () -> landing(contract, tenant).availableNow(),
        () -> landing(contract, tenant).plan());
  }

  /** Every landing that the contract has: of its topic, of its folder. */
  public List<Job> landings(DataContract contract, TenantId tenant) {
    List<Job> jobs = new ArrayList<>();
    if (contract.source().hasTopic()) {
      jobs.add(land(contract, tenant));
    }
    if (contract.source().folder().isPresent()) {
      jobs.add(landFiles(contract, tenant));
    }
    return jobs;
  }

  public Job landFiles(DataContract contract, TenantId tenant) {
    WireFiles files = new WireFiles(lakehouse, run);
    return new Job(
        place("land-files", contract, contract.id(), tenant),
        () -> files.landing(contract, tenant).run(),
        () -> files.landing(contract, tenant).plan());
  }

  /** Landing itself, for whoever lets it run continuously. */
  public LandKafkaInRaw landing(DataContract contract, TenantId tenant) {
    return new LandKafkaInRaw(
        lakehouse.lake(),
        kafka(),
        contract,
        tenant,
        run,
        lakehouse.home().checkpoints(),
        Clock.systemUTC(),
        RawTurns.of(lakehouse.database(), contract));
  }

  public Job promote(DataContract contract, TenantId tenant) {
    return new Job(
        place("promote", contract, contract.id(), tenant),
        () -> promotion(contract, tenant).run(),
        () -> promotion(contract, tenant).plan());
  }

  private PromoteRawToStage promotion(DataContract contract, TenantId tenant) {
    return new PromoteRawToStage(lakehouse.lake(), contract, tenant, keyset(tenant), run);
  }

  /** Promotes rows that wait in quarantine and pass now; only those of a reason if one is given. */
  public Job replay(DataContract contract, TenantId tenant, Optional<String> reason) {
    Supplier<ReplayQuarantine> job =
        () -> new ReplayQuarantine(lakehouse.lake(), contract, tenant, keyset(tenant), run, reason);
    return new Job(
        place("promote", contract, contract.id(), tenant),
        () -> job.get().run(),
        () -> job.get().plan());
  }

  /** Conforms rows of older versions of the contract again. */
  public Job sidefill(DataContract contract, TenantId tenant) {
    Supplier<BackfillStage> job =
        () ->
            BackfillStage.sidefill(
                lakehouse.lake(), contract, tenant, keyset(tenant), run, backfillRows());
    return new Job(
        place("backfill", contract, contract.id(), tenant),
        () -> job.get().run(lakehouse.progress()::say),
        () -> job.get().plan());
  }

  /** Makes a stretch of stage again from raw. */
  public Job stageAgain(DataContract contract, TenantId tenant, BackfillRange range) {
    Supplier<BackfillStage> job =
        () ->
            new BackfillStage(
                lakehouse.lake(), contract, tenant, keyset(tenant), run, range, backfillRows());
    return new Job(
        place("backfill", contract, contract.id(), tenant),
        () -> job.get().run(lakehouse.progress()::say),
        () -> job.get().plan());
  }

  private long backfillRows() {
    return lakehouse.config().limits().backfillRows();
  }

  public Job refresh(DataContract contract, TenantId tenant, ReferenceTable reference) {
    SluiceConfig.Postgres postgres = lakehouse.config().postgres();
    ReferenceSource source =
        new ReferenceSource(
            postgres.url(),
            postgres.user(),
            new PasswordReference(postgres.passwordRef().text()),
            "reference." + reference.name());
    Supplier<RefreshReference> job =
        () -> new RefreshReference(lakehouse.lake(), source, reference, contract, tenant, run);
    return new Job(
        place("reference", contract, reference.name(), tenant),
        () -> job.get().run(),
        () -> job.get().plan());
  }

  public Job refine(DataContract contract, TenantId tenant, Product product) {
    Supplier<PromoteStageToRefined> job =
        () -> new PromoteStageToRefined(lakehouse.lake(), contract, tenant, product, run);
    return new Job(
        place("refine", contract, product.name(), tenant),
        () ->
            dropped(tenant, product)
                .orElseGet(() -> noted(job.get().run(), tenant, product, Kind.REFINE)),
        () -> planned(tenant, product, () -> job.get().plan()));
  }

  public Job export(DataContract contract, TenantId tenant, Product product) {
    return export(
        place("export", contract, product.name(), tenant),
        () ->
            dropped(tenant, product)
                .orElseGet(
                    () ->
                        noted(
                            exporter(contract, tenant, product).run(),
                            tenant,
                            product,
                            Kind.EXPORT)),
        () -> planned(tenant, product, () -> exporter(contract, tenant, product).plan()));
  }

  /** Sends partitions of a stretch of event time once more, beside what changed. */
  public Job exportAgain(
      DataContract contract, TenantId tenant, Product product, BackfillRange range) {
    Supplier<BackfillExport> job =
        () ->
            new BackfillExport(
                exporter(contract, tenant, product),
                new PartitionsOfRange(lakehouse.lake(), contract, tenant, product),
                range);
    return export(
        place("export", contract, product.name(), tenant),
        () ->
            dropped(tenant, product)
                .orElseGet(() -> noted(job.get().run(), tenant, product, Kind.EXPORT)),
        () -> planned(tenant, product, () -> job.get().plan()));
  }

  /** A product that is dropped waits for its rebuilding and holds nobody else up. */
  Optional<JobOutcome> dropped(TenantId tenant, Product product) {
    return told(tenant, product).map(JobOutcome.NothingToDo::new);
  }

  JobPlan planned(TenantId tenant, Product product, Supplier<JobPlan> plan) {
    return told(tenant, product).map(what -> new JobPlan(List.of(what), true)).orElseGet(plan);
  }

  private Optional<String> told(TenantId tenant, Product product) {
    return new DroppedProducts(new KeptRecipes(lakehouse.database()), lakehouse.lake().catalog())
        .told(DroppedProducts.name(tenant, product));
  }

  private Job export(StepPlace place, Supplier<JobOutcome> job, Supplier<JobPlan> plan) {
    return new Job(
        place,
        () -> {
          JobOutcome outcome = job.get();
          removeEmpty(scratch());
          return outcome;
        },
        plan);
  }

  private ExportRefinedToBigQuery exporter(
      DataContract contract, TenantId tenant, Product product) {
    return new ExportRefinedToBigQuery(
        lakehouse.lake(),
        target(lakehouse.config()),
        contract,
        tenant,
        product,
        new EgressLedger(lakehouse.database()),
        run,
        scratch());
  }

  private Path scratch() {
    return lakehouse.home().temporary().resolve("export-" + run.id());
  }

  private JobOutcome noted(JobOutcome outcome, TenantId tenant, Product product, Kind kind) {
    if (outcome instanceof JobOutcome.Done) {
      String table = Zone.REFINED.table(tenant, product.name());
      lakehouse.uses().note(List.of(table), kind, run.startedAt());
    }
    return outcome;
  }

  /** The broker as the zones see it. */
  public KafkaSource kafka() {
    SluiceConfig.Kafka kafka = lakehouse.config().kafka();
    return new KafkaSource(kafka.cluster(), kafka.bootstrap(), kafka.options());
  }

  /** Where exports go. */
  public static BigQueryTarget target(SluiceConfig config) {
    SluiceConfig.BigQuery bigquery = config.bigquery();
    return new BigQueryTarget(
        bigquery.project(),
        bigquery.location(),
        bigquery.endpoint().map(URI::create),
        bigquery.credentialsRef().map(SecretReference::text));
  }

  private WrappedKeyset keyset(TenantId tenant) {
    return new OpenKeys(lakehouse.config(), lakehouse.database()).of(tenant);
  }

  private static void removeEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.info("{} stays", folder, e);
    }
  }

  private static StepPlace place(
      String step, DataContract contract, String dataSet, TenantId tenant) {
    return new StepPlace(step, contract.id(), dataSet, tenant);
  }
}
