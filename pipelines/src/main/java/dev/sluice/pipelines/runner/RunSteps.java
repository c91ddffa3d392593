package dev.sluice.pipelines.runner;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.registry.Lease;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.registry.RunRegister.StepRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of one command. Each step takes its lease, does its job, and its outcome becomes a
 * registry row, a console line and a part of the report and the exit code; nothing else turns
 * outcomes into anything.
 */
public final class RunSteps {
  private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);

  private final RunContext run;
  private final RunRegister register;
  private final Leases leases;
  private final Progress progress;
  private final List<StepResult> results = new ArrayList<>();

  public RunSteps(RunContext run, RunRegister register, Leases leases, Progress progress) {
    this.run = run;
    this.register = register;
    this.leases = leases;
    this.progress = progress;
  }

  public RunContext run() {
    return run;
  }

  /** Does one step and keeps its result; throws what the job threw only while the process ends. */
  public StepResult step(StepPlace place, Supplier<JobOutcome> job) {
    LOG.info("{} begins", place);
    long start = System.nanoTime();
    JobOutcome outcome;
    try (Heartbeat unused = new Heartbeat(place.toString(), progress)) {
      outcome = underLease(place, job);
    }
    StepResult result = new StepResult(place, outcome, (System.nanoTime() - start) / 1e9);
    results.add(result);
    DescribeStep.lines(result).forEach(progress::say);
    register.step(
        run,
        new StepRow(
            place.step(),
            place.dataSet(),
            place.tenant().name(),
            result.kind(),
            result.message(),
            result.figures(),
            result.rules(),
            result.seconds()));
    return result;
  }

  private JobOutcome underLease(StepPlace place, Supplier<JobOutcome> job) {
    Optional<Lease> lease = leases.take(place.lease(), run.id());
    if (lease.isEmpty()) {
      return new JobOutcome.Busy(
          "Expected to take the lease "
              + place.lease()
              + "; it is held by run "
              + leases.holder(place.lease()).orElse("(just ended)")
              + ". Try again later (docs/runbooks/busy.md).");
    }
    try (Lease held = lease.get()) {
      return job.get();
    } catch (
        Exception e) { // Spark throws checked AnalysisExceptions that its methods do not declare
      if (OnInterrupt.isUnderWay()) {
        throw e;
      }
      LOG.error("{} failed", place, e);
      return ClassifyFailure.outcome(e);
    }
  }

  /** All results so far, in order. */
  public List<StepResult> results() {
    return List.copyOf(results);
  }

  /** Whether there were steps and none found anything to do. */
  public boolean allNothingToDo() {
    return !results.isEmpty()
        && results.stream().allMatch(r -> r.outcome() instanceof JobOutcome.NothingToDo);
  }

  /** The first result that was not good decides. */
  public ExitCode exitCode() {
    return results.stream()
        .map(StepResult::exitCode)
        .filter(code -> code != ExitCode.DONE)
        .findFirst()
        .orElse(ExitCode.DONE);
  }
}
