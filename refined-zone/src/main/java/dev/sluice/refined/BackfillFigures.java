package dev.sluice.refined;

import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.TreeMap;

/**
 * The figures of a product's backfill. Notes: {@code partitions} and {@code pieces} done (-1 for
 * all of them), what {@link RefinedChange} tells of old against new, and {@code refined}, the rows
 * that the news of the inputs brought before it.
 */
record BackfillFigures(
    String product,
    String tenant,
    long partitions,
    long pieces,
    long published,
    long refined,
    RefinedChange change,
    List<RuleResult> rules) {
  static final String STEP = "backfill";

  static BackfillFigures none(String product, String tenant, long refined) {
    return new BackfillFigures(product, tenant, 0, 0, 0, refined, RefinedChange.NONE, List.of());
  }

  /** With one more piece that was published. */
  BackfillFigures with(BackfillPiece.Done piece, Touched recomputed) {
    return new BackfillFigures(
        product,
        tenant,
        recomputed.all() ? RefinedFigures.ALL : partitions + recomputed.partitions().size(),
        pieces + 1,
        published + piece.computed(),
        refined,
        change.and(piece.change()),
        piece.rules());
  }

  StepFigures done() {
    TreeMap<String, Long> notes = notes();
    long all = published + refined;
    return new StepFigures(STEP, product, tenant, all, all, 0, 0, 0, new TreeMap<>(), notes, rules);
  }

  /** Of a backfill whose next piece a rule kept back; its rows count as suppressed. */
  StepFigures heldBack(BackfillPiece.Done piece) {
    TreeMap<String, Long> reasons = new TreeMap<>();
    piece.rules().stream()
        .filter(rule -> rule.blocks() && !rule.held())
        .forEach(rule -> reasons.put("RULE:" + rule.rule(), piece.computed()));
    long all = published + refined;
    return new StepFigures(
        STEP,
        product,
        tenant,
        all + piece.computed(),
        all,
        0,
        0,
        piece.computed(),
        reasons,
        notes(),
        piece.rules());
  }

  private TreeMap<String, Long> notes() {
    TreeMap<String, Long> notes = new TreeMap<>(change.notes());
    notes.put("partitions", partitions);
    notes.put("pieces", pieces);
    notes.put("refined", refined);
    return notes;
  }
}
