package dev.sluice.catalog.publishing;

import org.apache.spark.SparkThrowable;

/** A text on which a pattern of the contract's SQL was not decided in time. */
final class UndecidedMatch extends RuntimeException implements SparkThrowable {
  private static final long serialVersionUID = 1L;
  private static final String CONDITION = "UNDECIDED_MATCH";

  /** An invalid value of a parameter, as Spark has it for patterns. */
  private static final String SQL_STATE = "22023";

  UndecidedMatch() {
    super(
        "Expected a pattern of the contract's SQL to be decided within its budget; it was not, for"
            + " some text. Make the pattern simpler, or bound the text by maxLength",
        null,
        false,
        false);
  }

  @Override
  public String getCondition() {
    return CONDITION;
  }

  @Override
  public String getSqlState() {
    return SQL_STATE;
  }
}
