package dev.sluice.catalog.contract;

/**
 * A condition that every row must hold on its clear values, in Spark SQL; a row for which it is not
 * true is set aside with the rule's id as its reason.
 */
public record RowRule(String id, String expression, String description) {}
