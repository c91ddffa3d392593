package dev.sluice.stage;

import dev.sluice.catalog.contract.EventPeriod;

/**
 * A period that is to be done again, and why.
 *
 * @param rows rows of it in stage that are the reason
 * @param reason why they are; empty when they are not
 * @param inStage all its rows in stage, as far as it was looked how many they are
 * @param waiting places of quarantined rows that would come into it today
 */
record PeriodToDo(EventPeriod period, long rows, String reason, long inStage, Places waiting) {
  PeriodToDo withWaiting(Places places) {
    return new PeriodToDo(period, rows, reason, inStage, places);
  }

  PeriodToDo withInStage(long all) {
    return new PeriodToDo(period, rows, reason, all, waiting);
  }

  /** How many rows it takes to do it, about. */
  long size() {
    return Math.max(inStage, rows) + waiting.count();
  }

  /** One line of a plan. */
  String line() {
    String old = reason.isEmpty() ? "" : rows + " rows " + reason;
    String more = waiting.isEmpty() ? "" : waiting.count() + " rows that wait would pass";
    return period.text() + ": " + old + (old.isEmpty() || more.isEmpty() ? "" : ", ") + more;
  }
}
