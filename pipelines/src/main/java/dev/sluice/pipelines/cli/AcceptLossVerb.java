package dev.sluice.pipelines.cli;

import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.registry.Audit;
import dev.sluice.pipelines.runner.RequireServices;
import dev.sluice.pipelines.runner.RunSteps;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.raw.AcceptLoss;
import dev.sluice.raw.Loss;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice accept-loss}: the only way on after the source has lost messages. */
@Command(
    name = "accept-loss",
    description = {
      "Lets go of messages that the source has lost, and of nothing else. The exact ranges and the",
      "reason are written to the audit before landing may go on (docs/runbooks/source-lost.md)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice accept-loss video-detections --dry-run",
      "  sluice accept-loss video-detections --reason \"retention passed during the outage\""
    })
public final class AcceptLossVerb implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why they may be let go.")
  private String reason = "";

  @Override
  public Integer call() {
    if (reason.isBlank() && !options.isDryRun()) {
      throw new WrongUsage("Expected --reason; it is kept in the audit");
    }
    Console console = Console.of(options.isJson());
    SluiceConfig config = home.config();
    new RequireServices(config).kafka();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, console.progress())) {
      List<Chosen> chosen =
          dataSets.of(lakehouse.contracts()).stream()
              .filter(c -> c.contract().source().hasTopic())
              .toList();
      CommandRun run = new CommandRun("accept-loss", lakehouse);
      if (options.isDryRun()) {
        chosen.forEach(each -> plan(lakehouse, run, each, console));
        return 0;
      }
      return run.of(
          chosen.stream().map(Chosen::contract).distinct().toList(),
          options.isJson(),
          (jobs, steps) -> chosen.forEach(each -> accept(lakehouse, run, each, steps)));
    }
  }

  private void accept(Lakehouse lakehouse, CommandRun run, Chosen chosen, RunSteps steps) {
    StepPlace place =
        new StepPlace("land", chosen.contract().id(), chosen.contract().id(), chosen.tenant());
    steps.step(place, () -> job(lakehouse, run, chosen).run(reason));
  }

  private static void plan(Lakehouse lakehouse, CommandRun run, Chosen chosen, Console console) {
    JobPlan plan = job(lakehouse, run, chosen).plan();
    console.progress().plain(chosen.contract() + (plan.nothingToDo() ? ": NothingToDo" : ":"));
    plan.lines().forEach(line -> console.progress().plain("  " + line));
  }

  private static AcceptLoss job(Lakehouse lakehouse, CommandRun run, Chosen chosen) {
    Audit audit = new Audit(lakehouse.database());
    return new AcceptLoss(
        lakehouse.lake(),
        run.jobs().kafka(),
        chosen.contract(),
        chosen.tenant(),
        run.run(),
        (table, why, losses) ->
            audit.write(
                System.getProperty("user.name", "unknown"),
                "accept-loss",
                table,
                why
                    + losses.stream()
                        .map(Loss::text)
                        .collect(Collectors.joining("; ", " | ", ""))));
  }
}
