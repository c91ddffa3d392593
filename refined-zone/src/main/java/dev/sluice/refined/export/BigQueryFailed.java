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
  private final String what;

  private BigQueryFailed(int code, String what, StackTraceElement[] from) {
    super(what);
    this.code = code;
    this.what = what;
    setStackTrace(from);
  }

  static BigQueryFailed from(String act, BigQueryException e) {
    String what =
        "BigQuery refused to "
            + act
            + ": code "
            + e.getCode()
            + ", reason "
            + plain(e.getReason())
            + ". Its own text may hold values of rows and is not repeated here; look the job up in"
            + " BigQuery's job history.";
    return new BigQueryFailed(e.getCode(), what, e.getStackTrace());
  }

  String what() {
    return what;
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
