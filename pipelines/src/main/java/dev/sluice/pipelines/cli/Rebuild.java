package dev.sluice.pipelines.cli;

import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.jobs.Job;
import dev.sluice.pipelines.jobs.WireJobs;
import dev.sluice.pipelines.jobs.WireLifecycle;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice rebuild}: bring a dropped product back. Also by spark-submit. */
@Command(
    name = "rebuild",
    description = {
      "Brings a dropped product back by its recipe, as it was, and proves that by its checksum;",
      "refinement goes on from there. Where its inputs have been rewritten or have expired since,",
      "it is made of what they hold now, and the report says why it differs."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice rebuild top_items_by_location --dry-run",
      "  sluice rebuild top_items_by_location --tenant city"
    })
public final class Rebuild implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Parameters(paramLabel = "PRODUCT", description = "Name of the product.")
  private String product = "";

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "One tenant (default: all tenants of the contract).")
  private @Nullable String tenant;

  @Option(
      names = "--as-of-now",
      description = "Make it of what its inputs hold now, without comparing it with what it was.")
  private boolean asOfNow;

  public static void main(String[] arguments) {
    Sluice.exitWith("rebuild", arguments);
  }

  @Override
  public Integer call() {
    DataSetOptions all = DataSetOptions.ofProduct(product, tenant);
    return new JobVerb(home, all, options, (services, contracts) -> {}).run("rebuild", this::jobs);
  }

  private List<Job> jobs(WireJobs jobs, Chosen chosen) {
    RunContext run = jobs.run();
    return chosen
        .contract()
        .product(product)
        .map(
            each ->
                new WireLifecycle(jobs.lakehouse(), run, run.startedAt())
                    .rebuild(chosen.contract(), chosen.tenant(), each, asOfNow))
        .stream()
        .toList();
  }
}
