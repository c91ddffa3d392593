package dev.sluice.refined.export;

import dev.sluice.catalog.run.FailureKind;

/** Ends an export that cannot be done; becomes the run's outcome. */
final class ExportRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String what;

  ExportRefused(FailureKind kind, String what) {
    super(what);
    this.kind = kind;
    this.what = what;
  }

  static ExportRefused setup(String what) {
    return new ExportRefused(FailureKind.SETUP, what);
  }

  FailureKind kind() {
    return kind;
  }

  String what() {
    return what;
  }
}
