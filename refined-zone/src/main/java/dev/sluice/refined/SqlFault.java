package dev.sluice.refined;

import dev.sluice.catalog.contract.PartitionDirectory;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.publishing.FailedOnValues;
import dev.sluice.catalog.publishing.RefusedSql;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * Tells failures that a contract or its data causes from all others. Messages of Spark about rows
 * may quote values, so only the name of the condition is told on.
 */
public final class SqlFault {
  private static final String NOT_NULL = "NOT_NULL_ASSERT_VIOLATION";
  private static final String RUNBOOK = " (docs/runbooks/blocked.md)";

  private SqlFault() {}

  /**
   * What a job on the product came to: its own outcome, or the failure that the contract or its
   * data cause; any other failure is thrown on.
   */
  static JobOutcome told(Product product, Supplier<JobOutcome> job) {
    try {
      return job.get();
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      Optional<CannotRefine> fault = of(product, e);
      if (fault.isPresent()) {
        return fault.get().outcome();
      }
      throw e;
    }
  }

  /** What the failure means for the product; empty when a defect or the world is the cause. */
  public static Optional<CannotRefine> of(Product product, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotRefine known) {
        return Optional.of(known);
      }
      if (cause instanceof RefusedSql refused) {
        return Optional.of(isRefused(product, refused));
      }
      if (cause instanceof AnalysisException analysis) {
        return Optional.of(doesNotAnalyse(product, analysis));
      }
      if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
        String condition = spark.getCondition();
        if (NamedPartitions.isTooLong(spark)) {
          return Optional.of(namesNoPartition(product, failure));
        }
        if (condition.equals(NOT_NULL)) {
          return Optional.of(givesNull(product, failure));
        }
        if (FailedOnValues.isOne(spark)) {
          return Optional.of(breaksOnRow(product, condition, failure));
        }
      }
    }
    return Optional.empty();
  }

  private static CannotRefine isRefused(Product product, RefusedSql cause) {
    return new CannotRefine(
        FailureKind.SETUP,
        "The SQL of product "
            + product.name()
            + ", or of one of its rules, does more than it may: "
            + cause.what()
            + ". To do: correct the SQL in the contract",
        cause);
  }

  private static CannotRefine doesNotAnalyse(Product product, AnalysisException cause) {
    String message =
        Optional.ofNullable(cause.getMessage()).orElse("").lines().findFirst().orElse("");
    return new CannotRefine(
        FailureKind.SETUP,
        "The SQL of product "
            + product.name()
            + ", or of one of its rules, cannot be analysed: "
            + message
            + " To do: correct the SQL, the inputs or the parameters in the contract",
        cause);
  }

  private static CannotRefine givesNull(Product product, Throwable cause) {
    String required =
        String.join(
            ", ",
            product.columns().stream()
                .filter(Product.ProductColumn::required)
                .map(Product.ProductColumn::name)
                .toList());
    return new CannotRefine(
        FailureKind.DATA,
        "The SQL of product "
            + product.name()
            + " gives null in a column that the contract requires (one of "
            + required
            + "). To do: fill it in the SQL, or declare it as not required"
            + RUNBOOK,
        cause);
  }

  private static CannotRefine namesNoPartition(Product product, Throwable cause) {
    return new CannotRefine(
        FailureKind.DATA,
        "The SQL of product "
            + product.name()
            + " gives a text for its partition column "
            + product.partition()
            + " of which no directory can be named: it would have more than "
            + PartitionDirectory.LONGEST
            + " bytes. To do: cut the text in the SQL (left), or partition by another column",
        cause);
  }

  private static CannotRefine breaksOnRow(Product product, String condition, Throwable cause) {
    return new CannotRefine(
        FailureKind.DATA,
        "The SQL of product "
            + product.name()
            + " fails on a row with "
            + condition
            + ". To do: make the SQL hold for such rows (for example try_cast, try_divide, nullif)"
            + RUNBOOK,
        cause);
  }
}
