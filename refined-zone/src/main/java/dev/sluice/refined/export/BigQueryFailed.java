package dev.sluice.refined.export;

import com.google.cloud.bigquery.BigQueryException;
import org.jspecify.annotations.Nullable;

/**
 * BigQuery answered with an error. Its own text is not kept: it can contain values of rows, and so
 * can the causes. Code, reason and the job's id are enough to find the text where access to it is
 * controlled.
 */
final class BigQueryFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  private BigQueryFailed(String act, int code, String reason, StackTraceElement[] from) {
    super(
        "BigQuery refused to "
            + act
            + ": code "
            + code
            + ", reason "
            + reason
            + ". Its own text may hold values of rows and is not repeated here; look the job up in"
            + " BigQuery's job history.");
    this.code = code;
    setStackTrace(from);
  }

  static BigQueryFailed from(String act, BigQueryException e) {
    return new BigQueryFailed(act, e.getCode(), plain(e.getReason()), e.getStackTrace());
  }

  /** Whether the same request may succeed later although nobody acts. */
  boolean mayPass() {
    return code == 429 || code >= 500;
  }

  boolean isDuplicate() {
    return code == 409;
  }

  boolean isNotFound() {
    return code == 404;
  }

  /** Reasons are words of an enumeration; anything else might be text. */
  private static String plain(@Nullable String reason) {
    return reason != null && reason.matches("[A-Za-z]{1,40}") ? reason : "not given";
  }
}
