package dev.sluice.pipelines.runner;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.Optional;

/** How one step of a run ended and how long it took. */
public record StepResult(StepPlace place, JobOutcome outcome, double seconds) {

  public ExitCode exitCode() {
    return ExitCode.of(outcome);
  }

  /** One word for the kind of outcome: {@code Done}, {@code NothingToDo}, {@code Blocked}, ... */
  public String kind() {
    return outcome.getClass().getSimpleName();
  }

  public Optional<StepFigures> figures() {
    if (outcome instanceof JobOutcome.Done done) {
      return Optional.of(done.figures());
    }
    if (outcome instanceof JobOutcome.Blocked blocked) {
      return Optional.of(blocked.figures());
    }
    return Optional.empty();
  }

  public List<RuleResult> rules() {
    if (outcome instanceof JobOutcome.Blocked blocked) {
      return blocked.results();
    }
    return figures().map(StepFigures::rules).orElse(List.of());
  }

  /** What a person should read beside the figures; empty when there is nothing to say. */
  public String message() {
    if (outcome instanceof JobOutcome.NothingToDo nothing) {
      return nothing.why();
    }
    if (outcome instanceof JobOutcome.Blocked blocked) {
      return blocked.what();
    }
    if (outcome instanceof JobOutcome.Busy busy) {
      return busy.what();
    }
    if (outcome instanceof JobOutcome.Failed failed) {
      return failed.what();
    }
    return "";
  }
}
