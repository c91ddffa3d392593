package dev.sluice.refined.export;

import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.refined.anonymity.AnonymityFigures;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of one export. Taken are the rows of all partitions that changed; what did not leave
 * is suppressed, by the gate's reasons, {@code PENDING} for partitions that wait, or {@code
 * GATE_FAILED} for rows that could have left but for the others, of their partition or of all.
 *
 * @param judged figures of all that was judged
 * @param gate figures of the partitions that leave
 */
record ExportFigures(
    ExportTable table,
    ExportPlan plan,
    AnonymityFigures judged,
    AnonymityFigures gate,
    List<RuleResult> rules) {
  static final String STEP = "export";

  ExportFigures {
    rules = List.copyOf(rules);
  }

  /** Of an export that was committed. */
  StepFigures done(long bytes, long bytesSent, long rowsInTable) {
    SortedMap<String, Long> notes = notes();
    notes.put("bytes", bytes);
    notes.put("bytesSent", bytesSent);
    notes.put("exportNo", plan.base().exportNo() + 1);
    notes.put("rowsInTable", rowsInTable);
    return figures(gate.leavingRows(), notes);
  }

  /** Of an export that the gate stopped: nothing left. */
  StepFigures blocked() {
    SortedMap<String, Long> notes = notes();
    notes.put("bytes", 0L);
    return figures(0, notes);
  }

  private SortedMap<String, Long> reasons(long published) {
    SortedMap<String, Long> reasons = new TreeMap<>();
    judged.suppressed().forEach((reason, rows) -> reasons.put(reason.name(), rows));
    if (judged.leavingRows() > published) {
      reasons.put("GATE_FAILED", judged.leavingRows() - published);
    }
    if (plan.pendingRows() > 0) {
      reasons.put("PENDING", plan.pendingRows());
    }
    return reasons;
  }

  private SortedMap<String, Long> notes() {
    SortedMap<String, Long> notes = new TreeMap<>();
    notes.put("partitions", (long) plan.leaving().size());
    notes.put("partitionsPending", (long) plan.pending().size());
    notes.put("partitionsWithheld", (long) plan.withheld().size());
    notes.put("classes", gate.classes());
    notes.put("smallestClass", gate.smallestClass());
    // the policy has no rule for differences between releases, so none was measured
    notes.put("releaseDifferencesMeasured", 0L);
    return notes;
  }

  private StepFigures figures(long published, SortedMap<String, Long> notes) {
    long taken = judged.rows() + plan.pendingRows();
    return new StepFigures(
        STEP,
        table.product(),
        table.tenant().name(),
        taken,
        published,
        0,
        0,
        taken - published,
        reasons(published),
        notes,
        rules);
  }
}
