package dev.sluice.raw;

import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import java.util.List;
import java.util.stream.Collectors;

/** How landing ends when the source no longer has what comes next. */
final class LossFound {
  private LossFound() {}

  static JobOutcome outcome(RawTable table, KafkaSource source, List<Loss> losses) {
    return new JobOutcome.Failed(FailureKind.LOST, message(table, source, losses));
  }

  static String message(RawTable table, KafkaSource source, List<Loss> losses) {
    return "Landing into "
        + table.name()
        + " stops: "
        + source
        + " does not have what comes next. "
        + losses.stream().map(Loss::text).collect(Collectors.joining("; "))
        + ". Produce it again if it exists elsewhere; if it is gone for good: sluice accept-loss "
        + table.contract().id()
        + " --tenant "
        + table.tenant()
        + " --reason \"...\" (docs/runbooks/source-lost.md)";
  }
}
