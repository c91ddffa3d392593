package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.read.ContractFaults;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.contract.read.DeclaredContract;
import dev.sluice.catalog.contract.read.Fault;
import dev.sluice.catalog.publishing.AnalyseContractSql;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.session.SparkSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice contracts lint}: everything that is wrong with the contracts. */
@Command(
    name = "lint",
    description = "Checks all contracts and reports all faults at once, with file and line.",
    footerHeading = "%nExamples:%n",
    footer = {"  sluice contracts lint", "  sluice contracts lint --contracts my/contracts --json"})
public final class ContractsLint implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Option(names = "--contracts", paramLabel = "DIR", description = "Folder of contracts.")
  private @Nullable Path given;

  @Option(names = "--no-sql", description = "Skip the analysis of SQL, which starts Spark.")
  private boolean withoutSql;

  @Option(names = "--json", description = "Print the faults as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.of(json);
    ContractFolder.Examined examined = ContractFolder.examine(folder());
    List<Fault> found = new ArrayList<>(examined.faults());
    if (!withoutSql && !examined.contracts().isEmpty()) {
      found.addAll(analyse(examined.contracts(), console.progress()));
    }
    List<Fault> faults = found.stream().sorted().distinct().toList();
    if (json) {
      console.results().println(ReportJson.text(faults));
    }
    if (!faults.isEmpty()) {
      throw new ContractFaults(faults);
    }
    console.progress().say(examined.contracts().size() + " contracts, no faults");
    return 0;
  }

  private List<Fault> analyse(List<DeclaredContract> contracts, Progress progress) {
    progress.say("starting Spark to analyse SQL");
    SparkSession spark = SparkSessions.withoutLake(home.home());
    try {
      return AnalyseContractSql.analyse(spark, contracts);
    } finally {
      spark.stop();
    }
  }

  private Path folder() {
    Path named = given;
    if (named != null) {
      return named;
    }
    return Files.exists(home.home().configuration())
        ? home.config().contracts()
        : Up.defaultContracts();
  }
}
