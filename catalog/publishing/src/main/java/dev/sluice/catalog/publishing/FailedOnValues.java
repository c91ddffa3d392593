package dev.sluice.catalog.publishing;

import java.util.Optional;
import org.apache.spark.SparkThrowable;

/**
 * Tells failures that lie in the values a query meets, such as a division by zero or a text that is
 * no number, from those of files, memory or network, which another try may not meet.
 */
public final class FailedOnValues {
  /** Classes of SQLSTATE: data exceptions, and several rows where one is wanted. */
  private static final String DATA = "22";

  private static final String CARDINALITY = "21";

  private static final int CAUSES_AT_MOST = 20;

  private FailedOnValues() {}

  /** Spark's name of the condition, which tells no value; empty for any other failure. */
  public static Optional<String> condition(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < CAUSES_AT_MOST; i++) {
      if (cause instanceof SparkThrowable told && isOne(told)) {
        return Optional.ofNullable(told.getCondition());
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** Whether this failure itself, whatever caused it, lies in the values. */
  public static boolean isOne(SparkThrowable failure) {
    String state = failure.getSqlState();
    return state != null && (state.startsWith(DATA) || state.startsWith(CARDINALITY));
  }
}
