package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFaults;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.contract.read.DeclaredContract;
import dev.sluice.catalog.contract.read.Fault;
import dev.sluice.catalog.publishing.AnalyseContractSql;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.ApplyContract;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.registry.ContractVersions;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.session.OpenCatalog;
import dev.sluice.pipelines.session.SparkSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice contracts}: check contracts, create what they declare. */
@Command(name = "contracts", description = "Data contracts: check them, create their tables.")
public final class Contracts {

  /** Finds everything that is wrong with the contracts. */
  @Command(
      name = "lint",
      description = "Checks all contracts and reports all faults at once, with file and line.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice contracts lint",
        "  sluice contracts lint --contracts my/contracts --json"
      })
  int lint(
      @Mixin HomeOptions home,
      @Option(names = "--contracts", paramLabel = "DIR", description = "Folder of contracts.")
          @Nullable Path given,
      @Option(names = "--no-sql", description = "Skip the analysis of SQL, which starts Spark.")
          boolean withoutSql,
      @Option(names = "--json", description = "Print the faults as JSON.") boolean json) {
    Console console = Console.of(json);
    Path folder = given == null ? folder(home) : given;
    ContractFolder.Examined examined = ContractFolder.examine(folder);
    List<Fault> faults =
        withoutSql || !examined.faults().isEmpty()
            ? examined.faults()
            : analyse(home, examined.contracts(), console.progress());
    if (json) {
      console.results().println(ReportJson.text(faults));
    }
    if (!faults.isEmpty()) {
      throw new ContractFaults(faults);
    }
    console.progress().say(examined.contracts().size() + " contracts, no faults");
    return 0;
  }

  private static List<Fault> analyse(
      HomeOptions home, List<DeclaredContract> contracts, Progress progress) {
    progress.say("starting Spark to analyse SQL");
    SparkSession spark = SparkSessions.withoutLake(home.home());
    try {
      return AnalyseContractSql.analyse(spark, contracts);
    } finally {
      spark.stop();
    }
  }

  /** Creates the tables that are declared and missing. */
  @Command(
      name = "apply",
      description = "Creates the tables that contracts declare and that do not exist yet.",
      footerHeading = "%nExamples:%n",
      footer = {"  sluice contracts apply", "  sluice contracts apply flights --dry-run"})
  int apply(
      @Mixin HomeOptions home,
      @Mixin DataSetOptions dataSets,
      @Option(names = "--dry-run", description = "Only say what would be created.") boolean dryRun)
      throws IOException {
    Progress progress = Console.of(false).progress();
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, progress);
        GuardedCatalog catalog = OpenCatalog.of(config)) {
      List<DataSetOptions.Chosen> chosen = dataSets.of(lakehouse.contracts());
      for (DataSetOptions.Chosen each : chosen) {
        for (String table : ApplyContract.tables(each.contract(), each.tenant())) {
          boolean there = catalog.tableExists(TableIdentifier.parse(table));
          progress.say((there ? "exists   " : dryRun ? "would create " : "creates  ") + table);
        }
      }
      if (!dryRun) {
        create(lakehouse, catalog, chosen);
      }
    }
    return 0;
  }

  private static void create(
      Lakehouse lakehouse, GuardedCatalog catalog, List<DataSetOptions.Chosen> chosen) {
    RunContext run = RunContext.start(CodeVersion.TEXT, Clock.systemUTC());
    RunRegister register = new RunRegister(lakehouse.database());
    register.started(run, "contracts apply");
    ApplyContract apply = new ApplyContract(catalog, new ContractVersions(lakehouse.database()));
    for (DataSetOptions.Chosen each : chosen) {
      DataContract contract = each.contract();
      TenantId tenant = each.tenant();
      apply.to(contract, List.of(tenant), run.id());
    }
    register.finished(run, 0);
  }

  private static Path folder(HomeOptions home) {
    return Files.exists(home.home().configuration())
        ? home.config().contracts()
        : Up.defaultContracts();
  }
}
