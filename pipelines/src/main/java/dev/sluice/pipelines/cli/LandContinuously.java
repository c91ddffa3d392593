package dev.sluice.pipelines.cli;

import dev.sluice.catalog.run.StepFigures;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.runner.OnInterrupt;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.runner.RequireServices;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.raw.LandKafkaInRaw;
import java.time.Duration;
import java.util.List;

/** Lands one data set of one tenant until the process is asked to end. */
final class LandContinuously {
  private final HomeOptions home;
  private final DataSetOptions dataSets;
  private final int seconds;

  LandContinuously(HomeOptions home, DataSetOptions dataSets, int seconds) {
    this.home = home;
    this.dataSets = dataSets;
    this.seconds = seconds;
  }

  int call() {
    Progress progress = Console.of(false).progress();
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, progress)) {
      List<Chosen> chosen = dataSets.of(lakehouse.contracts());
      if (chosen.size() != 1) {
        throw new WrongUsage(
            "Continuous landing takes one contract and one tenant; " + chosen.size() + " chosen");
      }
      if (!chosen.get(0).contract().source().hasTopic()) {
        throw new WrongUsage(
            "Continuous landing is of topics; files land by 'sluice land', as often as wanted");
      }
      new RequireServices(config).kafka(List.of(chosen.get(0).contract()));
      return land(lakehouse, chosen.get(0), progress);
    }
  }

  private static String line(StepFigures batch) {
    long milliseconds = batch.notes().getOrDefault("milliseconds", 0L);
    return "landed " + batch.published() + " in " + milliseconds + " ms";
  }

  private int land(Lakehouse lakehouse, Chosen chosen, Progress progress) {
    StepPlace place =
        new StepPlace("land", chosen.contract().id(), chosen.contract().id(), chosen.tenant());
    return new CommandRun("land", lakehouse)
        .of(
            List.of(chosen.contract()),
            false,
            (jobs, steps) -> {
              LandKafkaInRaw landing = jobs.landing(chosen.contract(), chosen.tenant());
              try (var stopping = OnInterrupt.BEFORE_SPARK_STOPS.run(landing::stop)) {
                steps.step(
                    place,
                    () ->
                        landing.continuous(
                            Duration.ofSeconds(seconds), batch -> progress.say(line(batch))));
              }
            });
  }
}
