package dev.sluice.catalog.run;

import java.util.List;

/** Every way a job can end; only the runner turns it into an exit code, a report and an alert. */
public sealed interface JobOutcome {

  /** Something was published. */
  record Done(StepFigures figures) implements JobOutcome {}

  /** Nothing lay between the head and the end of its lanes. */
  record NothingToDo(String why) implements JobOutcome {}

  /**
   * A rule with severity BLOCK did not hold; nothing was published.
   *
   * @param results all rules measured, broken or not
   * @param sample at most ten rows as text; tokens only, never clear personal values
   */
  record Blocked(StepFigures figures, List<RuleResult> results, List<String> sample, String what)
      implements JobOutcome {
    public Blocked {
      results = List.copyOf(results);
      sample = List.copyOf(sample);
    }
  }

  /** Another writer was faster or holds the work; trying again later is right. */
  record Busy(String what) implements JobOutcome {}

  /** It could not be done; the message says what was expected, what came and what to do. */
  record Failed(FailureKind kind, String what) implements JobOutcome {}
}
