package dev.sluice.raw;

import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.tables.MainWouldGoBack;
import dev.sluice.catalog.tables.OutcomeUnknown;
import dev.sluice.catalog.tables.Refused;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;

/** What a failure means that came up while a batch was read or committed. */
public final class ExplainLandingFailure {
  private ExplainLandingFailure() {}

  /** The outcome; empty when the failure is none that is expected. */
  public static Optional<JobOutcome> of(Throwable failure, RawTable table) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof Refused refused) {
        return Optional.of(refused(refused, table));
      }
      if (each instanceof SourceUnavailable unavailable) {
        return Optional.of(
            new JobOutcome.Failed(unavailable.kind(), String.valueOf(unavailable.getMessage())));
      }
      if (each instanceof OutcomeUnknown || each instanceof MainWouldGoBack) {
        return Optional.of(
            new JobOutcome.Failed(
                FailureKind.TRANSIENT,
                "It is not known whether a commit to "
                    + table.name()
                    + " was applied: "
                    + each.getMessage()
                    + ". Run landing again: it goes on from the table's head"
                    + " (docs/runbooks/outcome-unknown.md)"));
      }
    }
    return Optional.empty();
  }

  /** The outcome of a source that did not answer in time; empty when it was something else. */
  static Optional<JobOutcome> asTransient(Throwable failure, KafkaSource source) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof RetriableException || each instanceof TimeoutException) {
        return Optional.of(
            new JobOutcome.Failed(
                FailureKind.TRANSIENT,
                source
                    + " did not give what it holds in time: "
                    + each.getMessage()
                    + ". Run landing again (docs/runbooks/service-missing.md)"));
      }
    }
    return Optional.empty();
  }

  private static JobOutcome refused(Refused refused, RawTable table) {
    return switch (refused.why()) {
      case ALREADY_TAKEN, LANE_MOVED_ON, STALE_EPOCH, EDITION ->
          new JobOutcome.Busy(
              "Another instance has moved "
                  + table.name()
                  + " on meanwhile; nothing of this batch was published: "
                  + refused.getMessage()
                  + " (docs/runbooks/busy.md)");
      case HEAD_TAMPERED, CONTRACT, KEY, REPLACE ->
          new JobOutcome.Failed(FailureKind.SETUP, String.valueOf(refused.getMessage()));
      case LANE_GAP, UNPROVEN, UNSTAMPED, WRONG_BRANCH ->
          new JobOutcome.Failed(FailureKind.DEFECT, String.valueOf(refused.getMessage()));
    };
  }
}
