package dev.sluice.pipelines.cli;

import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.GuardedCatalog;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.ApplyContract;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.registry.ContractVersions;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.session.OpenCatalog;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice contracts apply}: bring the tables to what the contracts declare. */
@Command(
    name = "apply",
    description = {
      "Creates the tables that contracts declare and changes those that exist, each in one commit.",
      "Shows the plan first; when anything of it is refused, nothing is done (78)."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice contracts apply --dry-run", "  sluice contracts apply flights"})
public final class ContractsApply implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();

  @Option(names = "--dry-run", description = "Only show the plan.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print what is done as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.of(json);
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, console.progress());
        GuardedCatalog catalog = OpenCatalog.of(config)) {
      List<Chosen> chosen = dataSets.of(lakehouse.contracts());
      chosen.forEach(
          each -> new ContractVersions(lakehouse.database()).mustReadAsApplied(each.contract()));
      int code =
          ContractsPlan.show(
              ContractsPlan.plans(catalog, lakehouse.database(), chosen), json, console);
      if (code == ExitCode.DONE.number() && !dryRun) {
        apply(lakehouse, catalog, chosen);
      }
      return code;
    }
  }

  private static void apply(Lakehouse lakehouse, GuardedCatalog catalog, List<Chosen> chosen) {
    RunContext run = RunContext.start(CodeVersion.TEXT, Clock.systemUTC());
    RunRegister register = new RunRegister(lakehouse.database());
    register.started(run, "contracts apply");
    ApplyContract apply = new ApplyContract(catalog, lakehouse.database());
    chosen.forEach(each -> apply.change(each.contract(), each.tenant(), run.id()));
    register.finished(run, 0);
  }
}
