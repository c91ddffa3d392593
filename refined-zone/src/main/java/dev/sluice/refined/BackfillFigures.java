package dev.sluice.refined;

import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import java.util.List;
import java.util.TreeMap;

/**
 * The figures of a product's backfill. Notes: {@code partitions} recomputed (-1 for all of them),
 * {@code pieces} done, what {@link RefinedChange} tells of old against new, and {@code refined},
 * the rows that the news of the inputs brought.
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

  /** Of the news that came before any piece. */
  static BackfillFigures of(String product, String tenant, TakeNews.Taken news) {
    return new BackfillFigures(
        product, tenant, news.partitions(), 0, 0, news.published(), news.change(), news.rules());
  }

  boolean isNothing() {
    return pieces == 0 && refined == 0 && change.isEmpty();
  }

  /** With one more piece that was published. */
  BackfillFigures with(BackfillPiece.Done piece, Touched recomputed) {
    return new BackfillFigures(
        product,
        tenant,
        recomputed.all() || partitions == RefinedFigures.ALL
            ? RefinedFigures.ALL
            : partitions + recomputed.partitions().size(),
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
