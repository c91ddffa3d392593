package dev.sluice.pipelines.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice promote}: raw to stage. Also runnable by spark-submit. */
@Command(
    name = "promote",
    description =
        "Promotes what raw has and stage has not: decode, check, deduplicate, tokenise, audit, publish.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice promote video-detections",
      "  sluice promote flights --tenant airports --dry-run",
      "  spark-submit --class dev.sluice.pipelines.cli.Promote pipelines.jar --config sluice.yaml flights"
    })
public final class Promote implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  public static void main(String[] arguments) {
    Sluice.exitWith("promote", arguments);
  }

  @Override
  public Integer call() {
    return new JobVerb(home, dataSets, options, (services, contracts) -> {})
        .run(
            "promote", (jobs, chosen) -> List.of(jobs.promote(chosen.contract(), chosen.tenant())));
  }
}
