package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.jobs.Job;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.runner.RequireServices;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice export}: refined to BigQuery. Also runnable by spark-submit. */
@Command(
    name = "export",
    description =
        "Sends changed partitions of products to BigQuery, after the anonymity gate and within the budget.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice export video-detections",
      "  sluice export flights --tenant airports --dry-run",
      "  spark-submit --class dev.sluice.pipelines.cli.Export pipelines.jar --config sluice.yaml flights"
    })
public final class Export implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  public static void main(String[] arguments) {
    Sluice.exitWith("export", arguments);
  }

  @Override
  public Integer call() {
    return new JobVerb(home, dataSets, options, RequireServices::bigQuery)
        .run("export", Export::jobs);
  }

  private static List<Job> jobs(WireJobs jobs, Chosen chosen) {
    return chosen.contract().products().stream()
        .filter(product -> product.export().isPresent())
        .map(product -> jobs.export(chosen.contract(), chosen.tenant(), product))
        .toList();
  }
}
