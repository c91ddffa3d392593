package dev.sluice.refined;

import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;

/**
 * Ends a refinement or a reading of reference data with {@link JobOutcome.Failed}; caught by the
 * job. The message says what was expected, what came and what to do, without values of rows.
 */
public final class CannotRefine extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String what;

  public CannotRefine(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
    this.what = message;
  }

  public CannotRefine(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.what = message;
  }

  /** The outcome that stands for it. */
  public JobOutcome.Failed outcome() {
    return new JobOutcome.Failed(kind, what);
  }
}
