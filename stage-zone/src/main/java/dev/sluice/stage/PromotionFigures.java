package dev.sluice.stage;

import dev.sluice.catalog.contract.Canary;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of a promotion, counted in what was written rather than along the way. */
final class PromotionFigures {
  private static final String STEP = "promote";

  private PromotionFigures() {}

  /**
   * @param taken how many rows raw has in these editions
   * @param aside the interval's rows in quarantine
   * @param published rows that the stage commit added
   * @param conformed the rows as the one pass over them counted them; canaries show nowhere else
   */
  static StepFigures of(
      Promoting promoting,
      long taken,
      LaneRange editions,
      SetAside aside,
      long published,
      Conformed conformed) {
    long canaries = conformed.failed().getOrDefault(Canary.REASON, 0L);
    SortedMap<String, Long> reasons = new TreeMap<>(aside.reasons());
    if (canaries > 0) {
      reasons.put(Canary.REASON, canaries);
    }
    SortedMap<String, Long> notes = new TreeMap<>();
    conformed.unknown().forEach((name, times) -> notes.put("unknownField." + name, times));
    notes.put("rawEditions", editions.length() - (editions.from() == 0 ? 1 : 0));
    return new StepFigures(
        STEP,
        promoting.contract().id(),
        promoting.tenant().name(),
        taken,
        published,
        aside.of(QuarantineRows.QUARANTINED),
        aside.of(QuarantineRows.DUPLICATE),
        aside.of(QuarantineRows.SUPPRESSED) + canaries,
        reasons,
        notes,
        List.of());
  }

  static StepFigures with(StepFigures figures, List<RuleResult> rules) {
    return with(figures, figures.notes(), rules);
  }

  static StepFigures noting(StepFigures figures, SortedMap<String, Long> notes) {
    return with(figures, notes, figures.rules());
  }

  private static StepFigures with(
      StepFigures figures, SortedMap<String, Long> notes, List<RuleResult> rules) {
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
        notes,
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
