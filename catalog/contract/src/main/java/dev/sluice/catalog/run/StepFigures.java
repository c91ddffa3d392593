package dev.sluice.catalog.run;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of one step over one data set of one tenant. They balance: {@code taken = published +
 * quarantined + duplicates + suppressed}.
 *
 * @param step {@code land}, {@code promote}, {@code refine} or {@code export}
 * @param dataSet the contract's id, or the product's name
 * @param taken rows read from the step's input; for products and exports rows computed
 * @param reasons how often each reason set a row aside or suppressed it
 * @param notes other counts worth telling, such as {@code unknownField.colour} or {@code bytes}
 */
public record StepFigures(
    String step,
    String dataSet,
    String tenant,
    long taken,
    long published,
    long quarantined,
    long duplicates,
    long suppressed,
    SortedMap<String, Long> reasons,
    SortedMap<String, Long> notes,
    List<RuleResult> rules) {

  public StepFigures {
    reasons = new TreeMap<>(reasons);
    notes = new TreeMap<>(notes);
    rules = List.copyOf(rules);
  }

  /** Figures of a step that publishes all it takes. */
  public static StepFigures allPublished(
      String step, String dataSet, String tenant, long rows, Map<String, Long> notes) {
    return new StepFigures(
        step,
        dataSet,
        tenant,
        rows,
        rows,
        0,
        0,
        0,
        new TreeMap<>(),
        new TreeMap<>(notes),
        List.of());
  }

  public boolean balances() {
    return taken == published + quarantined + duplicates + suppressed;
  }
}
