package dev.sluice.stage;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Refused;
import java.util.Optional;

/**
 * Promotes what raw has and stage has not: decodes, checks, tokenises, deduplicates, audits and
 * publishes, in whole raw editions and in bounded commits. Every row that does not reach stage is
 * in quarantine with its reason. A run that crashed is finished by the next one; a run with nothing
 * new reads three heads and ends.
 */
public final class PromoteRawToStage {
  /** About so many rows go into one commit; whole editions, at least one. */
  public static final long ROWS_PER_COMMIT = 1_000_000;

  private static final int TRIES = 3;

  private final Promoting promoting;
  private final WrappedKeyset keyset;
  private final ContractVersions versions;
  private final ChooseInterval choose;

  public PromoteRawToStage(
      Lake lake, DataContract contract, TenantId tenant, WrappedKeyset keyset, RunContext run) {
    this(lake, contract, tenant, keyset, run, ContractVersions.UNKNOWN, ROWS_PER_COMMIT);
  }

  /**
   * @param versions finds the contract under which an interrupted run has to be finished
   * @param rowsPerCommit about how many rows go into one commit
   */
  public PromoteRawToStage(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      WrappedKeyset keyset,
      RunContext run,
      ContractVersions versions,
      long rowsPerCommit) {
    this.promoting = new Promoting(lake, contract, tenant, run);
    this.keyset = keyset;
    this.versions = versions;
    this.choose = new ChooseInterval(promoting, rowsPerCommit);
  }

  /** Promotes until nothing is left, or until a commit cannot be made. */
  public JobOutcome run() {
    Optional<JobOutcome> unfit = new PrepareTables(promoting, keyset).unfit();
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Optional<StepFigures> published = Optional.empty();
    while (true) {
      JobOutcome outcome = nextCommit();
      if (outcome instanceof JobOutcome.Done done) {
        published =
            Optional.of(
                published.map(p -> PromotionFigures.sum(p, done.figures())).orElse(done.figures()));
      } else if (outcome instanceof JobOutcome.NothingToDo) {
        return published.<JobOutcome>map(JobOutcome.Done::new).orElse(outcome);
      } else {
        return outcome;
      }
    }
  }

  /** What a run would take, from heads and file statistics. */
  public JobPlan plan() {
    return new PromotionPlan(promoting, choose).plan();
  }

  private JobOutcome nextCommit() {
    Refused last = null;
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        return promote(choose.next());
      } catch (Refused refused) {
        if (!MovedMeanwhile.tells(refused)) {
          return new JobOutcome.Failed(FailureKind.SETUP, String.valueOf(refused.getMessage()));
        }
        last = refused;
      }
    }
    return new JobOutcome.Busy(
        "Another writer promoted "
            + promoting.raw()
            + " at the same time, "
            + TRIES
            + " times in a row; run again later ("
            + (last == null ? "" : last.getMessage())
            + ")");
  }

  private JobOutcome promote(Interval interval) {
    if (interval instanceof Interval.Fresh fresh) {
      return new PromoteInterval(promoting, keyset, fresh.editions())
          .fresh(fresh.stage(), fresh.quarantine());
    }
    if (interval instanceof Interval.Unfinished unfinished) {
      return finish(unfinished);
    }
    if (interval instanceof Interval.Impossible heads) {
      return new JobOutcome.Failed(
          FailureKind.DEFECT,
          "Expected quarantine of "
              + promoting.raw()
              + " to be at least as far as stage; stage has taken raw editions below "
              + heads.stage()
              + ", quarantine below "
              + heads.quarantine());
    }
    return new JobOutcome.NothingToDo(
        promoting.stage() + " has every edition of " + promoting.raw());
  }

  /** Under the version that judged the rows in quarantine, as it read then, or not at all. */
  private JobOutcome finish(Interval.Unfinished unfinished) {
    BegunUnder begun = BegunUnder.of(promoting);
    Optional<DataContract> contract = begun.contract(versions);
    if (contract.isEmpty()) {
      return new JobOutcome.Failed(FailureKind.SETUP, begun.refusal());
    }
    return new PromoteInterval(promoting.under(contract.get()), keyset, unfinished.editions())
        .unfinished(unfinished.stage(), unfinished.quarantine());
  }
}
