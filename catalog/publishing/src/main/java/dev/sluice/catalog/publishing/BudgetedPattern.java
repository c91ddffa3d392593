package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.BudgetedText;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A pattern of a contract's SQL, called by Spark. The budget is large enough for what is merely
 * clumsy, such as {@code .*word.*} on some thousand characters.
 */
public final class BudgetedPattern implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long LOOKS_AT_LEAST = 5_000_000;
  private static final long LOOKS_PER_CHARACTER = 1_000;

  private final Pattern pattern;

  BudgetedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Whether it is found in a text.
   *
   * @throws UndecidedMatch when that takes too long, or more stack than there is
   */
  public boolean isFoundIn(UTF8String text) {
    return BudgetedText.found(pattern, text.toString(), LOOKS_AT_LEAST, LOOKS_PER_CHARACTER)
        .orElseThrow(UndecidedMatch::new);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BudgetedPattern that
        && pattern.pattern().equals(that.pattern.pattern())
        && pattern.flags() == that.pattern.flags();
  }

  @Override
  public int hashCode() {
    return pattern.pattern().hashCode();
  }
}
