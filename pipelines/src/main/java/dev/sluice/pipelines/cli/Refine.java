package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.jobs.Job;
import dev.sluice.pipelines.jobs.WireJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice refine}: stage to refined. Also runnable by spark-submit. */
@Command(
    name = "refine",
    description =
        "Refreshes reference data, then recomputes the partitions of each product that its inputs changed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice refine video-detections",
      "  sluice refine flights --tenant airports --dry-run",
      "  spark-submit --class dev.sluice.pipelines.cli.Refine pipelines.jar --config sluice.yaml flights"
    })
public final class Refine implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  public static void main(String[] arguments) {
    Sluice.exitWith("refine", arguments);
  }

  @Override
  public Integer call() {
    return new JobVerb(home, dataSets, options, (services, contracts) -> {})
        .run("refine", Refine::jobs);
  }

  private static List<Job> jobs(WireJobs jobs, Chosen chosen) {
    List<Job> all = new ArrayList<>();
    chosen
        .contract()
        .references()
        .forEach(r -> all.add(jobs.refresh(chosen.contract(), chosen.tenant(), r)));
    chosen
        .contract()
        .products()
        .forEach(p -> all.add(jobs.refine(chosen.contract(), chosen.tenant(), p)));
    return all;
  }
}
