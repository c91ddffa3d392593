package dev.sluice.pipelines.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice contracts sidefill}: fill columns that were declared late. By spark-submit too. */
@Command(
    name = "sidefill",
    description = {
      "Brings what producers sent before it was declared into its column: conforms the rows of older",
      "versions of a contract again, from raw, partition by partition. Rows keep their places; a row",
      "that fails today waits in quarantine. Products follow with the next refine. Killed, the next",
      "run goes on; see docs/runbooks/backfill.md."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice contracts sidefill video-detections --dry-run",
      "  sluice contracts sidefill video-detections"
    })
public final class ContractsSidefill implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();
  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() {
    return new JobVerb(home, dataSets, options, (services, contracts) -> {})
        .run(
            "contracts sidefill",
            (jobs, chosen) -> List.of(jobs.sidefill(chosen.contract(), chosen.tenant())));
  }
}
