package dev.sluice.catalog.run;

/**
 * What a set rule measured.
 *
 * @param rule the rule's id
 * @param measured the number; NaN when the query gave none
 * @param expected the rule's comparison as text
 * @param blocks whether a breach keeps the set from being published
 */
public record RuleResult(
    String rule, double measured, String expected, boolean held, boolean blocks) {}
