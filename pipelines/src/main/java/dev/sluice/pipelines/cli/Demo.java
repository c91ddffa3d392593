package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.pipelines.config.EmbeddedConfig;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.ReadConfig;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.demo.AnalystQuestions;
import dev.sluice.pipelines.demo.BringDemoInput;
import dev.sluice.pipelines.generate.GenerateOptions;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.NoteQueries;
import dev.sluice.pipelines.jobs.RunDataSet;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.runner.OnInterrupt;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.EmbeddedStack;
import dev.sluice.pipelines.services.ServicesConnection;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice demo}: up, produce, reference load, run, query, report, down, in one go. */
@Command(
    name = "demo",
    description = {
      "Shows everything once on this machine: starts the services, produces synthetic detections and",
      "real flights, lands, promotes, refines, exports, asks a few questions and writes a report."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice demo",
      "  sluice demo --rows 1000000 --seed 7",
      "  sluice demo --keep      then go on by hand: sluice status, query, produce, run, down"
    })
public final class Demo implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Option(names = "--rows", description = "Synthetic messages (default: ${DEFAULT-VALUE}).")
  private long rows = 100_000;

  @Option(names = "--seed", description = "Seed of them (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--keep", description = "Leave the services up and say how to connect.")
  private boolean keep;

  @Override
  public Integer call() throws IOException {
    Progress progress = Console.of(false).progress();
    Home folder = home.home();
    EmbeddedConfig configuration = new EmbeddedConfig(folder, Up.defaultContracts());
    checkBeforeAnythingStarts(configuration);
    int code;
    try (var unused = OwnServices.of(folder, keep, progress)) {
      ServicesConnection connection = EmbeddedStack.up(folder, progress::say);
      try {
        code = run(folder, ReadConfig.from(configuration.write(progress::say)), progress);
      } finally {
        tellWhetherTheyStay(folder, connection, progress);
      }
    }
    progress.say(code == 0 ? "the demo is done" : "the demo ended with exit code " + code);
    return code;
  }

  private void checkBeforeAnythingStarts(EmbeddedConfig configuration) {
    GenerateOptions.of(rows, seed);
    ContractFolder.read(configuration.contracts());
  }

  private void tellWhetherTheyStay(Home folder, ServicesConnection connection, Progress progress) {
    if (keep && !OnInterrupt.isUnderWay()) {
      progress.say("the services stay up; 'sluice down --home " + folder + "' stops them");
      Up.describe(connection, progress);
    }
  }

  private int run(Home folder, SluiceConfig config, Progress progress) throws IOException {
    try (Lakehouse lakehouse = Lakehouse.open(folder, config, progress)) {
      BringDemoInput data = new BringDemoInput(config, lakehouse.database(), progress);
      data.produce(lakehouse.contracts(), rows, seed);
      data.loadReferences(lakehouse.contracts());
      CommandRun command = new CommandRun("demo", lakehouse);
      return command.of(
          lakehouse.contracts(),
          false,
          (jobs, steps) -> {
            new RunDataSet(lakehouse, jobs, steps)
                .run(
                    lakehouse.contracts().stream()
                        .flatMap(c -> c.tenants().stream().map(t -> new RunDataSet.Chosen(c, t)))
                        .toList());
            if (steps.exitCode() == ExitCode.DONE) {
              new AnalystQuestions(
                      lakehouse.lake().spark(), config, progress, new NoteQueries(lakehouse))
                  .ask()
                  .forEach(command::asked);
            }
          });
    }
  }
}
