package dev.sluice.catalog.contract;

/**
 * A condition on a whole table, measured on the audit branch before anything is published.
 *
 * @param query one SELECT that gives one number; {@code {object}} stands for the table, other
 *     tables go by their contract name
 */
public record SetRule(
    String id, Severity severity, String query, Comparison mustBe, String description) {

  /** What a breach does. */
  public enum Severity {
    /** The set is not published. */
    BLOCK,
    /** The set is published and the breach reported. */
    WARN
  }

  /** Whether nothing is published unless the rule measures 0. */
  public boolean allowsNone() {
    return severity == Severity.BLOCK
        && (mustBe.equals(new Comparison.EqualTo(0))
            || mustBe.equals(new Comparison.AtMost(0, false)));
  }
}
