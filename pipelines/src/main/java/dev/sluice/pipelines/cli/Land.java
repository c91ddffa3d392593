package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.runner.RequireServices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice land}: Kafka and dropped files to raw. Also runnable by spark-submit. */
@Command(
    name = "land",
    description =
        "Lands what a topic or a folder has and raw has not: exactly the bytes, each once.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice land video-detections",
      "  sluice land flights --dry-run",
      "  sluice land video-detections --every 30",
      "  spark-submit --class dev.sluice.pipelines.cli.Land pipelines.jar --config sluice.yaml flights"
    })
public final class Land implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = "--available-now",
      description = "Land what is there and end; this is the default.")
  private boolean availableNow;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "Go on landing one data set, a batch at most this often, until Ctrl-C.")
  private int every;

  public static void main(String[] arguments) {
    Sluice.exitWith("land", arguments);
  }

  @Override
  public Integer call() {
    if (every > 0 && !availableNow && !options.isDryRun()) {
      options.begin();
      return new LandContinuously(home, dataSets, every).call();
    }
    return new JobVerb(home, dataSets, options, RequireServices::kafka)
        .run("land", (jobs, chosen) -> jobs.landings(chosen.contract(), chosen.tenant()));
  }
}
