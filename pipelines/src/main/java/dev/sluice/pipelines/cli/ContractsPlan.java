package dev.sluice.pipelines.cli;

import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.catalog.tables.PlanContract;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.DroppedProducts;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.registry.ContractVersions;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.KeptRecipes;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.session.OpenCatalog;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice contracts plan}: what applying would do, without doing it. */
@Command(
    name = "plan",
    description = {
      "Says what 'contracts apply' would create and change, table by table, and what it refuses",
      "with the reason. Changes nothing; ends with 78 when something is refused."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice contracts plan", "  sluice contracts plan flights --tenant air --json"})
public final class ContractsPlan implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();

  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.of(json);
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, console.progress());
        GuardedCatalog catalog = OpenCatalog.of(config)) {
      List<DataSetOptions.Chosen> chosen = dataSets.of(lakehouse.contracts());
      chosen.forEach(
          each -> new ContractVersions(lakehouse.database()).mustReadAsApplied(each.contract()));
      return show(plans(catalog, lakehouse.database(), chosen), json, console);
    }
  }

  static List<ContractPlan> plans(
      GuardedCatalog catalog, Database database, List<DataSetOptions.Chosen> chosen) {
    PlanContract contracts = new PlanContract(catalog);
    DroppedProducts dropped = new DroppedProducts(new KeptRecipes(database), catalog);
    return chosen.stream()
        .map(
            each ->
                new DataSetOptions.Chosen(
                    dropped.without(each.contract(), each.tenant()), each.tenant()))
        .map(each -> ContractPlan.of(contracts, each))
        .toList();
  }

  /** Prints the plans; the exit code that they call for. */
  static int show(List<ContractPlan> plans, boolean json, Console console) {
    if (json) {
      console.results().println(ReportJson.text(plans));
    } else {
      plans.forEach(plan -> plan.lines().forEach(console.progress()::plain));
    }
    if (plans.stream().noneMatch(ContractPlan::isRefused)) {
      return ExitCode.DONE.number();
    }
    console
        .progress()
        .plain("Nothing can be applied: see what is refused (docs/runbooks/contract-change.md)");
    return ExitCode.CONFIGURATION.number();
  }
}
