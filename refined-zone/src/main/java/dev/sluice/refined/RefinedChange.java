package dev.sluice.refined;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What recomputed partitions are against what stood there before.
 *
 * @param came keys that were not there before
 * @param went keys that are there no more
 * @param changed keys whose rows are others
 * @param sums of the open numbers, by column
 */
record RefinedChange(
    long oldRows, long newRows, long came, long went, long changed, SortedMap<String, Sum> sums) {
  static final RefinedChange NONE = new RefinedChange(0, 0, 0, 0, 0, new TreeMap<>());

  /** A column's sum before and after. */
  record Sum(double before, double after) {
    Sum and(Sum other) {
      return new Sum(before + other.before, after + other.after);
    }
  }

  RefinedChange {
    sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
  }

  RefinedChange and(RefinedChange other) {
    SortedMap<String, Sum> both = new TreeMap<>(sums);
    other.sums.forEach((column, sum) -> both.merge(column, sum, Sum::and));
    return new RefinedChange(
        oldRows + other.oldRows,
        newRows + other.newRows,
        came + other.came,
        went + other.went,
        changed + other.changed,
        both);
  }

  /** Whether nothing stood there and nothing came. */
  boolean isEmpty() {
    return oldRows == 0 && newRows == 0;
  }

  /** For the report; sums are rounded. */
  Map<String, Long> notes() {
    Map<String, Long> notes = new TreeMap<>();
    notes.put("rows.old", oldRows);
    notes.put("rows.new", newRows);
    notes.put("keys.came", came);
    notes.put("keys.went", went);
    notes.put("keys.changed", changed);
    sums.forEach(
        (column, sum) -> {
          notes.put("sum." + column + ".old", Math.round(sum.before()));
          notes.put("sum." + column + ".new", Math.round(sum.after()));
        });
    return notes;
  }

  /** For people, in one line. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "rows %,d -> %,d", oldRows, newRows));
    text.append(
        String.format(Locale.ROOT, "; keys: %,d came, %,d went, %,d changed", came, went, changed));
    sums.forEach(
        (column, sum) -> {
          if (Math.round(sum.before()) != Math.round(sum.after())) {
            text.append(
                String.format(
                    Locale.ROOT, "; %s %,.0f -> %,.0f", column, sum.before(), sum.after()));
          }
        });
    return text.toString();
  }
}
