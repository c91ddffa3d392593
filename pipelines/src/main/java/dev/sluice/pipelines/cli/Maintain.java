package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.jobs.MaintainTables;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice maintain}: small files, manifests, snapshots, orphans. Also by spark-submit. */
@Command(
    name = "maintain",
    description = {
      "Keeps tables in order while streams and jobs go on: drops branches of runs that are over,",
      "puts small files and manifests together, expires snapshots, removes orphans. No row and no",
      "head changes. What is old or small is declared in the contract (upkeep, docs/contracts.md)."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sluice maintain --dry-run", "  sluice maintain video-detections --tenant city"})
public final class Maintain implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  public static void main(String[] arguments) {
    Sluice.exitWith("maintain", arguments);
  }

  @Override
  public Integer call() {
    return new JobVerb(home, dataSets, options, (services, contracts) -> {})
        .run(
            "maintain",
            (jobs, chosen) ->
                new MaintainTables(jobs.lakehouse(), Clock.systemUTC())
                    .of(chosen.contract(), chosen.tenant()));
  }
}
