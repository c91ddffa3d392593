package dev.sluice.pipelines.bench;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.pipelines.generate.GenerateOptions;
import dev.sluice.pipelines.jobs.Job;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.WireJobs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Promotes a number of days one by one, as a schedule does, and then makes all of them again by one
 * backfill. Days before them warm up and are not counted.
 */
public final class MeasureBackfill {
  private static final int WARMING_UP = 3;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant FIRST_MIDNIGHT = Instant.parse("2026-06-02T00:00:00Z");

  private final Lakehouse lakehouse;
  private final WireJobs jobs;
  private final DataContract contract;
  private final TenantId tenant;

  /** The contract's tables must exist and be empty. */
  public MeasureBackfill(
      Lakehouse lakehouse, WireJobs jobs, DataContract contract, TenantId tenant) {
    this.lakehouse = lakehouse;
    this.jobs = jobs;
    this.contract = contract;
    this.tenant = tenant;
  }

  /**
   * Seconds.
   *
   * @param promotions of all counted days, one by one
   * @param backfill of the same days
   */
  public record Figures(int days, double promotions, double backfill) {
    /** Times of the daily promotions that the backfill takes. */
    public double ratio() {
      return backfill / promotions;
    }
  }

  /**
   * @param rows a day
   */
  public Figures measure(int days, long rows) throws IOException {
    double promotions = 0;
    for (int day = -WARMING_UP; day < days; day++) {
      produce(day, rows);
      seconds(jobs.land(contract, tenant));
      double seconds = seconds(jobs.promote(contract, tenant));
      say("day %d: promoted in %.2f s", day, seconds);
      promotions += day < 0 ? 0 : seconds;
    }
    again(-WARMING_UP, 0);
    double backfill = again(0, days);
    say("%d days by a backfill in %.2f s", days, backfill);
    return new Figures(days, promotions, backfill);
  }

  private double again(int from, int until) {
    BackfillRange range =
        new BackfillRange(midnight(from), midnight(until), BackfillRange.Mode.FORCE, false);
    return seconds(jobs.stageAgain(contract, tenant, range));
  }

  private static Instant midnight(int day) {
    return FIRST_MIDNIGHT.plus(DAY.multipliedBy(day));
  }

  /** Messages of one day's last hours. */
  private void produce(int day, long rows) throws IOException {
    GenerateOptions usual = GenerateOptions.of(rows, 500 + day);
    GenerateOptions options =
        new GenerateOptions(
            rows,
            usual.seed(),
            midnight(day + 1),
            usual.resent(),
            usual.conflicting(),
            usual.late(),
            usual.broken());
    new SendGenerated(lakehouse.config().kafka(), contract, tenant).send(options);
  }

  private static double seconds(Job job) {
    long start = System.nanoTime();
    JobOutcome outcome = job.run().get();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!(outcome instanceof JobOutcome.Done)) {
      throw new IllegalStateException(job.place() + " ended with " + outcome);
    }
    return seconds;
  }

  private void say(String form, Object... values) {
    lakehouse.progress().say(String.format(Locale.ROOT, form, values));
  }
}
