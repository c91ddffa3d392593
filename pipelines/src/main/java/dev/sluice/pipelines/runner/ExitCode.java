package dev.sluice.pipelines.runner;

import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;

/** What the process tells its caller; the numbers follow sysexits.h of BSD. */
public enum ExitCode {
  DONE(0, "done, or nothing to do"),
  USAGE(64, "the command line is wrong"),
  BLOCKED(
      65,
      "a quality or anonymity gate blocked, or a row breaks the SQL of a product; nothing was"
          + " published (blocked.md)"),
  SERVICE_MISSING(69, "a service does not answer (service-missing.md)"),
  DEFECT(70, "a defect in Sluice; the log has the stack trace (defect.md)"),
  SOURCE_LOST(74, "the source has lost data (source-lost.md)"),
  BUSY(75, "another writer holds the work or was faster; try again later (busy.md)"),
  CONFIGURATION(78, "configuration or contract faults (configuration.md)");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }

  /** The exit code of a job's outcome. */
  public static ExitCode of(JobOutcome outcome) {
    if (outcome instanceof JobOutcome.Blocked) {
      return BLOCKED;
    }
    if (outcome instanceof JobOutcome.Busy) {
      return BUSY;
    }
    if (outcome instanceof JobOutcome.Failed failed) {
      return of(failed.kind());
    }
    return DONE;
  }

  private static ExitCode of(FailureKind kind) {
    return switch (kind) {
      case SETUP -> CONFIGURATION;
      case TRANSIENT -> SERVICE_MISSING;
      case DATA -> BLOCKED;
      case LOST -> SOURCE_LOST;
      case DEFECT -> DEFECT;
    };
  }
}
