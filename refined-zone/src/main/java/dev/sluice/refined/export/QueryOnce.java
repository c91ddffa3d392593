package dev.sluice.refined.export;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs a statement under an id made from what it does, so that a run which takes over from a dead
 * one finds its job instead of starting another. What the statement changed decides, never the
 * job's own status: an id outlives the tables it wrote.
 */
final class QueryOnce {
  private static final int ATTEMPTS = 50;

  private final BigQuerySession bigQuery;
  private final AwaitJob await;

  QueryOnce(BigQuerySession bigQuery) {
    this.bigQuery = bigQuery;
    this.await = new AwaitJob(bigQuery);
  }

  /**
   * Empty when {@code done} holds afterwards; else how the statement failed.
   *
   * @param id without the attempt's number; a failed id can never be used again
   */
  Optional<BigQueryFailed> run(
      String act, String id, QueryJobConfiguration statement, BooleanSupplier done) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      String attemptId = id + "_a" + attempt;
      Optional<Job> before = await.find(attemptId);
      Job job = before.orElseGet(() -> create(act, attemptId, statement));
      Optional<BigQueryFailed> failure = await.failure(act, job);
      if (done.getAsBoolean()) {
        return Optional.empty();
      }
      if (before.isEmpty()) {
        return Optional.of(
            failure.orElseThrow(
                () ->
                    new IllegalStateException(
                        "BigQuery says it could " + act + " but nothing changed")));
      }
    }
    throw new IllegalStateException(
        "Gave up to " + act + " after " + ATTEMPTS + " earlier attempts; see BigQuery's job list");
  }

  /** Our job, or that of whoever was faster with the same id: it does the same. */
  private Job create(String act, String id, QueryJobConfiguration statement) {
    try {
      return bigQuery.ask(
          act, () -> bigQuery.client().create(JobInfo.of(bigQuery.job(id), statement)));
    } catch (BigQueryFailed e) {
      if (!e.isDuplicate()) {
        throw e;
      }
      return await.find(id).orElseThrow(() -> e);
    }
  }
}
