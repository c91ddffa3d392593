package dev.sluice.raw;

import dev.sluice.catalog.run.FailureKind;

/** The broker did not say what was asked; the message names it and says what to do. */
public sealed class SourceUnavailable extends RuntimeException permits TopicMissing {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  SourceUnavailable(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  SourceUnavailable(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Who must act. */
  public FailureKind kind() {
    return kind;
  }
}
