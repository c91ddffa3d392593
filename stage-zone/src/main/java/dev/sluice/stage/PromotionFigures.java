package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The figures of a promotion, counted in what was written rather than along the way. */
final class PromotionFigures {
  private static final String STEP = "promote";
  private static final int REASONS_AT_MOST = 1000;

  private PromotionFigures() {}

  /**
   * @param quarantine the quarantine table or branch that holds the interval's rows
   * @param published rows that the stage commit added
   */
  static StepFigures of(
      Promoting promoting,
      LaneRange editions,
      Dataset<Row> quarantine,
      long published,
      SortedMap<String, Long> unknown) {
    SortedMap<String, Long> fates = new TreeMap<>();
    SortedMap<String, Long> reasons = new TreeMap<>();
    quarantine
        .where(col("raw_edition").geq(editions.from()).and(col("raw_edition").lt(editions.until())))
        .groupBy("fate", "reason")
        .agg(count(lit(1)))
        .takeAsList(REASONS_AT_MOST)
        .forEach(
            row -> {
              fates.merge(row.getString(0), row.getLong(2), Long::sum);
              reasons.merge(row.getString(1), row.getLong(2), Long::sum);
            });
    SortedMap<String, Long> notes = new TreeMap<>();
    unknown.forEach((name, times) -> notes.put("unknownField." + name, times));
    notes.put("rawEditions", editions.length() - (editions.from() == 0 ? 1 : 0));
    return new StepFigures(
        STEP,
        promoting.contract().id(),
        promoting.tenant().name(),
        promoting.lake().news(promoting.raw(), editions).count(),
        published,
        fates.getOrDefault(QuarantineRows.QUARANTINED, 0L),
        fates.getOrDefault(QuarantineRows.DUPLICATE, 0L),
        fates.getOrDefault(QuarantineRows.SUPPRESSED, 0L),
        reasons,
        notes,
        List.of());
  }

  static StepFigures with(StepFigures figures, List<RuleResult> rules) {
    return new StepFigures(
        figures.step(),
        figures.dataSet(),
        figures.tenant(),
        figures.taken(),
        figures.published(),
        figures.quarantined(),
        figures.duplicates(),
        figures.suppressed(),
        figures.reasons(),
        figures.notes(),
        rules);
  }

  /** Several commits of one run; the rules are those of the last. */
  static StepFigures sum(StepFigures a, StepFigures b) {
    return new StepFigures(
        b.step(),
        b.dataSet(),
        b.tenant(),
        a.taken() + b.taken(),
        a.published() + b.published(),
        a.quarantined() + b.quarantined(),
        a.duplicates() + b.duplicates(),
        a.suppressed() + b.suppressed(),
        added(a.reasons(), b.reasons()),
        added(a.notes(), b.notes()),
        b.rules().isEmpty() ? a.rules() : b.rules());
  }

  private static SortedMap<String, Long> added(Map<String, Long> a, Map<String, Long> b) {
    SortedMap<String, Long> sums = new TreeMap<>(a);
    b.forEach((name, times) -> sums.merge(name, times, Long::sum));
    return sums;
  }

  /** For messages. */
  static List<String> broken(List<RuleResult> rules) {
    List<String> broken = new ArrayList<>();
    for (RuleResult rule : rules) {
      if (rule.blocks() && !rule.held()) {
        broken.add(rule.rule() + " measured " + rule.measured() + ", must be " + rule.expected());
      }
    }
    return broken;
  }
}
