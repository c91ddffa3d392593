package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.ApplyContract;
import dev.sluice.pipelines.jobs.DroppedProducts;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.query.TextTable;
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
import dev.sluice.pipelines.status.TableState;
import dev.sluice.raw.files.FileIndex;
import dev.sluice.refined.export.ReadExportedHead;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

  private record Lag(String zone, String table, String lane, long head, long end, long lag) {}

  private record Edition(String table, long rows, long edition, long epoch) {}

  private record SetAside(String table, String reason, long files) {}

  private record CanaryRow(String lane, String sent, String atRaw, String atStage) {}

  private record Everything(
      List<Lag> lag,
      List<CanaryRow> canaries,
      List<String> promises,
      List<String> dropped,
      List<String> unsent,
      List<SetAside> filesSetAside,
      List<Edition> tables,
      List<RunHistory.RunRow> runs,
      List<RunHistory.BlockedRow> blocked,
      List<Leases.Held> landingStreams,
      List<String> findings) {}

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
      JudgeStatus judge = new JudgeStatus(contracts, tenants, blocked, late, broken);
      print(
          new Everything(
              lags.stream().map(Status::lag).toList(),
              sightings.stream().map(Status::canary).toList(),
              measured,
              dropped(contracts, dropped),
              unsent(lags),
              setAside(contracts, files),
              editions(contracts, tables),
              history.lastRuns(),
              blocked,
              landing(config, database, contracts),
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

  private static CanaryRow canary(Sighting each) {
    return new CanaryRow(
        each.lane().name(), each.sent().toString(), seen(each.atRaw()), seen(each.atStage()));
  }

  private static String seen(Optional<Sighting.Seen> seen) {
    return seen.map(
            s -> s.seen().map(Instant::toString).orElse("long ago") + " (sent " + s.sent() + ")")
        .orElse("never");
  }

  private static Lag lag(LaneLag each) {
    return new Lag(each.zone(), each.table(), each.lane(), each.head(), each.end(), each.lag());
  }

  /** Who lands these data sets now. */
  private List<Leases.Held> landing(
      SluiceConfig config, Database database, List<DataContract> contracts) {
    Set<String> names = new HashSet<>();
    for (DataContract contract : contracts) {
      for (TenantId tenant : dataSets.tenants(contract)) {
        names.add(new StepPlace("land", contract.id(), contract.id(), tenant).lease());
      }
    }
    Duration lifetime = Duration.ofMinutes(config.limits().leaseMinutes());
    return new Leases(database, lifetime)
        .held("land").stream().filter(held -> names.contains(held.name())).toList();
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
          tables.state(name).ifPresent(state -> editions.add(edition(state)));
        }
      }
    }
    return editions;
  }

  private static Edition edition(TableState state) {
    return new Edition(state.name(), state.rows(), state.head().edition(), state.head().epoch());
  }

  private void print(Everything all) {
    Console console = Console.of(json);
    if (json) {
      console.results().println(ReportJson.text(all));
      return;
    }
    table(
        console,
        List.of("zone", "table", "lane", "head", "end", "lag"),
        all.lag().stream()
            .map(
                l ->
                    List.of(
                        l.zone(), l.table(), l.lane(), "" + l.head(), "" + l.end(), "" + l.lag()))
            .toList());
    if (!all.canaries().isEmpty()) {
      table(
          console,
          List.of("lane", "last canary sent", "last seen at raw", "last seen at stage"),
          all.canaries().stream()
              .map(c -> List.of(c.lane(), c.sent(), c.atRaw(), c.atStage()))
              .toList());
    }
    table(
        console,
        List.of("table", "rows", "edition", "epoch"),
        all.tables().stream()
            .map(t -> List.of(t.table(), "" + t.rows(), "" + t.edition(), "" + t.epoch()))
            .toList());
    table(
        console,
        List.of("run", "command", "started", "finished", "exit code"),
        all.runs().stream()
            .map(r -> List.of(r.id(), r.command(), r.startedAt(), r.finishedAt(), r.exitCode()))
            .toList());
    if (!all.filesSetAside().isEmpty()) {
      table(
          console,
          List.of("dropped for", "set aside", "files"),
          all.filesSetAside().stream()
              .map(a -> List.of(a.table(), a.reason(), "" + a.files()))
              .toList());
    }
    if (all.blocked().isEmpty()) {
      console.results().println("No gate is blocked.");
    } else {
      table(
          console,
          List.of("blocked", "data set", "tenant", "run", "since", "what"),
          all.blocked().stream()
              .map(b -> List.of(b.step(), b.dataSet(), b.tenant(), b.run(), b.at(), b.what()))
              .toList());
    }
    all.promises().forEach(console.results()::println);
    all.dropped().forEach(console.results()::println);
    all.unsent().forEach(console.results()::println);
    all.findings().forEach(console.results()::println);
  }

  private static void table(Console console, List<String> columns, List<List<String>> rows) {
    TextTable.lines(columns, rows).forEach(console.results()::println);
    console.results().println();
  }
}
