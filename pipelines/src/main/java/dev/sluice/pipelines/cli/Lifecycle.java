package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.jobs.WireLifecycle;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice lifecycle}: retention, and products that nobody uses. Also by spark-submit. */
@Command(
    name = "lifecycle",
    description = {
      "Drops products that are declared recreatable and that nobody has used for the declared time,",
      "each with a recipe ('sluice rebuild' brings it back); then removes the partitions whose",
      "retention is over. Nothing goes that a legal hold, an unfinished promotion or a pending",
      "export still needs. Files go with the snapshots that know them (sluice maintain)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice lifecycle --dry-run",
      "  sluice lifecycle video-detections --dry-run --as-of 2027-06-01T00:00:00Z"
    })
public final class Lifecycle implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "Judge age by this time, such as 2027-01-31T00:00:00Z (default: now).")
  private @Nullable Instant asOf;

  public static void main(String[] arguments) {
    Sluice.exitWith("lifecycle", arguments);
  }

  @Override
  public Integer call() {
    Instant now = asOf == null ? Clock.systemUTC().instant() : asOf;
    return new JobVerb(home, dataSets, options, (services, contracts) -> {})
        .run(
            "lifecycle",
            (jobs, chosen) ->
                new WireLifecycle(jobs.lakehouse(), jobs.run(), now)
                    .of(chosen.contract(), chosen.tenant()));
  }
}
