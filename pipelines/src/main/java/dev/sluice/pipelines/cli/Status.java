package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.pipelines.cli.StatusReport.CanaryRow;
import dev.sluice.pipelines.cli.StatusReport.Edition;
import dev.sluice.pipelines.cli.StatusReport.Lag;
import dev.sluice.pipelines.cli.StatusReport.SetAside;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.ApplyContract;
import dev.sluice.pipelines.jobs.DroppedProducts;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.DroppedFiles;
import dev.sluice.pipelines.registry.KeptRecipes;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.MigrateRegistry;
import dev.sluice.pipelines.registry.RunHistory;
import dev.sluice.pipelines.registry.SentCanaries;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.pipelines.session.OpenCatalog;
import dev.sluice.pipelines.status.Broken;
import dev.sluice.pipelines.status.CountRepeats;
import dev.sluice.pipelines.status.DropLag;
import dev.sluice.pipelines.status.FileFacts;
import dev.sluice.pipelines.status.FindLate;
import dev.sluice.pipelines.status.JudgePromises;
import dev.sluice.pipelines.status.JudgeStatus;
import dev.sluice.pipelines.status.KafkaEnds;
import dev.sluice.pipelines.status.LaneLag;
import dev.sluice.pipelines.status.Late;
import dev.sluice.pipelines.status.MeasureLag;
import dev.sluice.pipelines.status.ReadTables;
import dev.sluice.pipelines.status.SightCanaries;
import dev.sluice.pipelines.status.Sighting;
import dev.sluice.raw.files.FileIndex;
import dev.sluice.refined.export.ReadExportedHead;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice status}: where everything stands; starts no Spark. */
@Command(
    name = "status",
    description = {
      "Shows head and lag of every lane in every zone, how far canaries came, freshness and",
      "completeness, last runs and blocked gates. Ends with 65 while a gate blocks or rows are",
      "missing, and with 75 while something is later than the contract promises."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice status", "  sluice status flights --json --tenant airports"})
public final class Status implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SluiceConfig config = home.config();
    List<DataContract> contracts = dataSets.contracts(ContractFolder.read(config.contracts()));
    Database database = new Database(config.postgres());
    new MigrateRegistry(database).run();
    FileIndex files = new DroppedFiles(database);
    RunHistory history = new RunHistory(database);
    try (GuardedCatalog catalog = OpenCatalog.of(config)) {
      ReadTables tables = new ReadTables(catalog);
      DroppedProducts dropped = new DroppedProducts(new KeptRecipes(database), catalog);
      KafkaEnds kafka = new KafkaEnds(config.kafka());
      MeasureLag measure =
          new MeasureLag(
              tables,
              kafka,
              new DropLag(home.home(), config, files),
              new ReadExportedHead(WireJobs.target(config)),
              dropped);
      SentCanaries sent = new SentCanaries(database);
      SightCanaries sight = new SightCanaries(sent, catalog);
      JudgePromises promises =
          new JudgePromises(
              new FileFacts(catalog), new CountRepeats(catalog), sent, Clock.systemUTC());
      List<Sighting> sightings = new ArrayList<>();
      List<String> measured = new ArrayList<>();
      List<Broken> broken = new ArrayList<>();
      FindLate find = new FindLate(tables, kafka::from, Clock.systemUTC());
      List<LaneLag> lags = new ArrayList<>();
      List<Late> late = new ArrayList<>();
      Set<TenantId> tenants = new HashSet<>();
      for (DataContract contract : contracts) {
        for (TenantId tenant : dataSets.tenants(contract)) {
          List<LaneLag> found = measure.of(contract, tenant);
          lags.addAll(found);
          late.addAll(find.of(contract, tenant, found));
          List<Sighting> seen = sight.of(contract, tenant);
          sightings.addAll(seen);
          JudgePromises.Judged judged = promises.of(contract, tenant, seen);
          measured.addAll(judged.measured());
          broken.addAll(judged.broken());
          tenants.add(tenant);
        }
      }
      List<RunHistory.BlockedRow> blocked = history.blocked();
      List<Leases.Held> held = held(config, database, contracts);
      JudgeStatus judge = new JudgeStatus(contracts, tenants, blocked, late, broken);
      print(
          new StatusReport(
              lags.stream().map(Lag::of).toList(),
              sightings.stream().map(CanaryRow::of).toList(),
              measured,
              dropped(contracts, dropped),
              unsent(lags),
              setAside(contracts, files),
              editions(contracts, tables),
              history.lastRuns(),
              blocked,
              held.stream().filter(each -> each.name().startsWith("land/")).toList(),
              held,
              judge.findings()));
      return judge.exitCode().number();
    }
  }

  private List<String> dropped(List<DataContract> contracts, DroppedProducts dropped) {
    List<String> told = new ArrayList<>();
    for (DataContract contract : contracts) {
      for (TenantId tenant : dataSets.tenants(contract)) {
        told.addAll(dropped.told(contract, tenant));
      }
    }
    return told;
  }

  private static List<String> unsent(List<LaneLag> lags) {
    return lags.stream()
        .filter(lag -> !lag.unsent().isEmpty())
        .map(lag -> "export of " + lag.table() + ": " + lag.unsent())
        .toList();
  }

  /** Who works on these data sets now. */
  private List<Leases.Held> held(
      SluiceConfig config, Database database, List<DataContract> contracts) {
    Duration lifetime = Duration.ofMinutes(config.limits().leaseMinutes());
    return new Leases(database, lifetime)
        .held().stream()
            .filter(
                each ->
                    contracts.stream()
                        .anyMatch(
                            contract ->
                                dataSets.tenants(contract).stream()
                                    .anyMatch(
                                        tenant ->
                                            StepPlace.isLeaseOf(
                                                each.name(), contract.id(), tenant))))
            .toList();
  }

  private List<SetAside> setAside(List<DataContract> contracts, FileIndex files) {
    List<SetAside> aside = new ArrayList<>();
    for (DataContract contract : contracts) {
      for (TenantId tenant : dataSets.tenants(contract)) {
        String raw = contract.rawTable(tenant);
        files
            .aside(raw)
            .forEach(
                (why, count) ->
                    aside.add(new SetAside(raw, why.name() + ": " + why.what(), count)));
      }
    }
    return aside;
  }

  private List<Edition> editions(List<DataContract> contracts, ReadTables tables) {
    List<Edition> editions = new ArrayList<>();
    for (DataContract contract : contracts) {
      for (TenantId tenant : dataSets.tenants(contract)) {
        for (String name : ApplyContract.tables(contract, tenant)) {
          tables.state(name).ifPresent(state -> editions.add(Edition.of(state)));
        }
      }
    }
    return editions;
  }

  private void print(StatusReport all) {
    Console console = Console.of(json);
    if (json) {
      console.results().println(ReportJson.text(all));
    } else {
      new StatusText(all).lines().forEach(console.results()::println);
    }
  }
}
