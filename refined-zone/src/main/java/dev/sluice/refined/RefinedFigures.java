package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of one refinement. Notes: {@code partitions} recomputed (-1 for all of them), and for
 * each input with news {@code edition.<table>}, the last edition taken.
 */
record RefinedFigures(
    Product product, TenantId tenant, List<ProductInput> inputs, Touched affected) {
  static final String STEP = "refine";
  static final long ALL = -1;

  StepFigures published(long rows, List<RuleResult> rules) {
    return figures(rows, rows, 0, new TreeMap<>(), rules);
  }

  /** Rows that a rule kept from being published count as suppressed. */
  StepFigures heldBack(long rows, List<RuleResult> rules) {
    TreeMap<String, Long> reasons = new TreeMap<>();
    rules.stream()
        .filter(rule -> rule.blocks() && !rule.held())
        .forEach(rule -> reasons.put("RULE:" + rule.rule(), rows));
    return figures(rows, 0, rows, reasons, rules);
  }

  private StepFigures figures(
      long taken,
      long published,
      long suppressed,
      SortedMap<String, Long> reasons,
      List<RuleResult> rules) {
    return new StepFigures(
        STEP,
        product.name(),
        tenant.name(),
        taken,
        published,
        0,
        0,
        suppressed,
        reasons,
        notes(),
        rules);
  }

  private SortedMap<String, Long> notes() {
    TreeMap<String, Long> notes = new TreeMap<>();
    notes.put("partitions", affected.all() ? ALL : affected.partitions().size());
    inputs.stream()
        .filter(ProductInput::hasNews)
        .forEach(input -> notes.put("edition." + input.table(), input.news().until() - 1));
    return notes;
  }
}
