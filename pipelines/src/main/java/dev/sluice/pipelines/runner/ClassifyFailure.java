package dev.sluice.pipelines.runner;

import dev.sluice.catalog.privacy.KeyRefused;
import dev.sluice.catalog.privacy.KeyServiceMissing;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.tables.MainWouldGoBack;
import dev.sluice.catalog.tables.OutcomeUnknown;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.pipelines.config.ConfigFaults;
import dev.sluice.pipelines.config.SecretMissing;
import dev.sluice.pipelines.logging.LogFile;
import dev.sluice.pipelines.logging.Telling;
import dev.sluice.pipelines.registry.ContractEdited;
import dev.sluice.pipelines.registry.ServiceMissing;
import dev.sluice.refined.export.BigQueryUnavailable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;

/** Says what a thrown exception means for the caller: who must act, and whether later is better. */
public final class ClassifyFailure {
  private ClassifyFailure() {}

  public static JobOutcome outcome(Throwable thrown) {
    for (Throwable cause : chain(thrown)) {
      if (cause instanceof ConfigFaults
          || cause instanceof SecretMissing
          || cause instanceof ContractEdited) {
        return failed(FailureKind.SETUP, cause);
      }
      if (cause instanceof Refused refused) {
        return ofGuard(refused);
      }
      if (cause instanceof OutcomeUnknown || cause instanceof MainWouldGoBack) {
        return new JobOutcome.Busy(describe(cause));
      }
      if (cause instanceof KeyRefused) {
        return failed(FailureKind.SETUP, cause);
      }
      if (isOfTheWorld(cause)) {
        return failed(FailureKind.TRANSIENT, cause);
      }
    }
    return new JobOutcome.Failed(
        FailureKind.DEFECT,
        "Unexpected "
            + describe(root(thrown))
            + place(thrown)
            + ". Running it again is safe: it goes on from its head. The stack trace is in "
            + LogFile.name()
            + "; see docs/runbooks/defect.md");
  }

  /** The guard says no: somebody was faster, somebody must act, or we are wrong. */
  private static JobOutcome ofGuard(Refused refused) {
    return switch (refused.why()) {
      case ALREADY_TAKEN, LANE_MOVED_ON, LANE_GAP, STALE_EPOCH, EDITION ->
          new JobOutcome.Busy(describe(refused) + " (docs/runbooks/busy.md)");
      case CONTRACT, KEY, HEAD_TAMPERED -> failed(FailureKind.SETUP, refused);
      case REPLACE, UNPROVEN, UNSTAMPED, WRONG_BRANCH -> failed(FailureKind.DEFECT, refused);
    };
  }

  private static boolean isOfTheWorld(Throwable cause) {
    return cause instanceof ServiceMissing
        || cause instanceof KeyServiceMissing
        || cause instanceof BigQueryUnavailable
        || cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof TimeoutException
        || (cause instanceof SQLException sql && isConnection(sql));
  }

  /** SQLSTATE class 08 is a connection exception, 57P01 to 57P03 a server that goes or comes. */
  private static boolean isConnection(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P0"));
  }

  private static JobOutcome failed(FailureKind kind, Throwable cause) {
    return new JobOutcome.Failed(kind, describe(cause));
  }

  /** What may be told: texts of ours, and the addresses in which the world's failures are told. */
  private static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    if (thrown instanceof ConfigFaults || thrown instanceof ServiceMissing) {
      return String.valueOf(message);
    }
    String type = thrown.getClass().getSimpleName();
    if (thrown instanceof SQLException sql) {
      return type + " (SQLSTATE " + sql.getSQLState() + ")";
    }
    if (Telling.isOurs(thrown) || isOfTheWorld(thrown)) {
      return type + (message == null ? "" : ": " + message.strip().split("\n", 2)[0]);
    }
    return type + Telling.condition(thrown);
  }

  /** The frame of ours nearest to where it happened: a place, never a value. */
  private static String place(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (int i = chain.size() - 1; i >= 0; i--) {
      for (StackTraceElement frame : chain.get(i).getStackTrace()) {
        if (frame.getClassName().startsWith("dev.sluice.")) {
          return " at " + frame.getFileName() + ":" + frame.getLineNumber();
        }
      }
    }
    return "";
  }

  /** What it began with: the wrappers around it say less. */
  private static Throwable root(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    return chain.get(chain.size() - 1);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = thrown; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
