package dev.sluice.refined.export;

import com.google.cloud.RetryOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatus;
import java.time.Duration;
import java.util.Optional;

/** Finds jobs by our ids and waits for their end, at most half an hour. */
final class AwaitJob {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final BigQuerySession bigQuery;

  AwaitJob(BigQuerySession bigQuery) {
    this.bigQuery = bigQuery;
  }

  /** The job, running or done; empty when BigQuery knows none by this id. */
  Optional<Job> find(String id) {
    return bigQuery.ask(
        "look a job up", () -> Optional.ofNullable(bigQuery.client().getJob(bigQuery.job(id))));
  }

  /** How the job failed, once it has ended; empty when it succeeded. */
  Optional<BigQueryFailed> failure(String act, Job job) {
    try {
      Optional<Job> done =
          bigQuery.ask(
              act,
              () ->
                  Optional.ofNullable(
                      job.waitFor(
                          RetryOption.initialRetryDelayDuration(Duration.ofMillis(100)),
                          RetryOption.maxRetryDelayDuration(Duration.ofSeconds(10)),
                          RetryOption.totalTimeoutDuration(LIMIT))));
      JobStatus status =
          done.orElseThrow(
                  () -> new IllegalStateException("BigQuery lost the job that was to " + act))
              .getStatus();
      if (status.getError() == null) {
        return Optional.empty();
      }
      return Optional.of(
          BigQueryFailed.from(act, new BigQueryException(400, "see the job", status.getError())));
    } catch (BigQueryFailed e) {
      if (e.mayPass()) {
        throw e;
      }
      return Optional.of(e);
    }
  }
}
