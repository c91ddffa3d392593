package dev.sluice.stage;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.run.JobOutcome;
import java.util.Optional;

/** Whether a promotion has published its quarantine and not yet its stage. */
final class PromotionUnderWay {
  private PromotionUnderWay() {}

  /**
   * Rows that an interrupted promotion has set aside may yet be promoted by finishing it, so the
   * past is rewritten after that.
   *
   * @param verb what to do then
   */
  static Optional<JobOutcome> in(Promoting promoting, Head stage, Head quarantine, String verb) {
    return stage.lanes().at(promoting.lane()) == quarantine.lanes().at(promoting.lane())
        ? Optional.empty()
        : Optional.of(
            new JobOutcome.Busy(
                "Expected stage and quarantine of "
                    + promoting.raw()
                    + " to be equally far; a promotion was interrupted or is under way. Promote"
                    + " first, then "
                    + verb));
  }
}
