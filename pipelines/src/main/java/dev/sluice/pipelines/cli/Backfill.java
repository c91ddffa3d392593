package dev.sluice.pipelines.cli;

import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.pipelines.jobs.BackfillJobs;
import dev.sluice.pipelines.jobs.BackfillZone;
import dev.sluice.pipelines.runner.WrongUsage;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice backfill}: a stretch of event time once more. Also runnable by spark-submit. */
@Command(
    name = "backfill",
    description = {
      "Does a stretch of event time of one data set again: stage from raw, products from stage, the",
      "export of products. Times are UTC; --to is left out, so two backfills that meet neither",
      "overlap nor leave a gap. A partition that the stretch only touches is done as a whole.",
      "Fresh data does not wait for it, and one that was killed is gone on with by the same command",
      "(docs/runbooks/backfill.md)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice backfill flights --from 2013-01-01 --to 2013-02-01 --dry-run",
      "      what January lacks, and what would be done",
      "  sluice backfill flights --from 2013-01-31 --to 2013-02-01 --mode force",
      "      all of January 31, in all zones",
      "  sluice backfill video-detections --from 2026-01-01 --to 2026-07-01 --mode changed \\",
      "      --zones stage,refined --newest-first",
      "  spark-submit --class dev.sluice.pipelines.cli.Backfill pipelines.jar --config sluice.yaml \\",
      "      flights --from 2013-01-01 --to 2013-02-01"
    })
public final class Backfill implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private BackfillOptions backfill = new BackfillOptions();
  @Mixin private JobOptions options = new JobOptions();

  public static void main(String[] arguments) {
    Sluice.exitWith("backfill", arguments);
  }

  @Override
  public Integer call() {
    if (!dataSets.isNamed()) {
      throw new WrongUsage("Expected the id of a data contract: a backfill does one data set");
    }
    BackfillRange range = backfill.range();
    Set<BackfillZone> zones = backfill.zones();
    JobVerb.Services needed =
        (services, contracts) -> {
          if (zones.contains(BackfillZone.EXPORT)) {
            services.bigQuery(contracts);
          }
        };
    return new JobVerb(home, dataSets, options, needed)
        .runChains(
            "backfill",
            (jobs, chosen) ->
                new BackfillJobs(jobs, range, zones).of(chosen.contract(), chosen.tenant()));
  }
}
