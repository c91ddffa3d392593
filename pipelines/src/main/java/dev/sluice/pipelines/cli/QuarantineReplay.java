package dev.sluice.pipelines.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice quarantine replay}: promote what passes after a fix. Also by spark-submit. */
@Command(
    name = "replay",
    description = {
      "Judges rows that wait again, under the contract of today. What passes is promoted once, with",
      "its original place; what fails again stays, with both reasons. Products follow with the next",
      "refine. A dry run decodes the rows and says how many would pass."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice quarantine replay video-detections --dry-run",
      "  sluice quarantine replay flights --reason RULE:goes_elsewhere"
    })
public final class QuarantineReplay implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Option(names = "--reason", paramLabel = "CODE", description = "Only rows with this reason.")
  private @Nullable String reason;

  @Override
  public Integer call() {
    return new JobVerb(home, dataSets, options, (services, contracts) -> {})
        .run(
            "quarantine replay",
            (jobs, chosen) ->
                List.of(
                    jobs.replay(chosen.contract(), chosen.tenant(), Optional.ofNullable(reason))));
  }
}
