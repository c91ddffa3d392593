package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.RunDataSet;
import dev.sluice.pipelines.runner.RequireServices;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice run}: all steps of a data set, once, in one Spark. */
@Command(
    name = "run",
    description = {
      "Creates missing tables, lands what is there, promotes, refreshes reference data, refines and",
      "exports; each step says NothingToDo when it has nothing to do."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice run", "  sluice run video-detections", "  sluice run flights --dry-run"})
public final class RunVerb implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() {
    if (options.isDryRun()) {
      return new JobVerb(home, dataSets, options, RunVerb::require)
          .run("run", (jobs, chosen) -> PlanRun.jobs(jobs, chosen));
    }
    options.begin();
    Console console = Console.of(options.isJson());
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, console.progress())) {
      List<Chosen> chosen = dataSets.of(lakehouse.contracts());
      List<DataContract> contracts = chosen.stream().map(Chosen::contract).distinct().toList();
      require(new RequireServices(config), contracts);
      CommandRun run = new CommandRun("run", lakehouse);
      return run.of(
          contracts,
          options.isJson(),
          (jobs, steps) ->
              new RunDataSet(lakehouse, jobs, steps)
                  .run(
                      chosen.stream()
                          .map(each -> new RunDataSet.Chosen(each.contract(), each.tenant()))
                          .toList()));
    }
  }

  private static void require(RequireServices services, Collection<DataContract> contracts) {
    services.kafka(contracts);
    services.bigQuery(contracts);
  }
}
