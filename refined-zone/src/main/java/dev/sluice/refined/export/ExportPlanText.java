package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.refined.anonymity.AnonymityFigures;
import java.util.ArrayList;
import java.util.List;

/** A plan for people. */
record ExportPlanText(ExportTable table, ExportPolicy policy) {

  JobPlan of(PreparedExport prepared) {
    if (prepared.plan().isEmpty()) {
      return new JobPlan(List.of(table.name() + " has published nothing yet"), true);
    }
    ExportPlan plan = prepared.plan().get();
    List<String> lines = new ArrayList<>();
    lines.add("to: " + table.project() + "." + table.name() + ", columns " + policy.columns());
    lines.add("exported: " + plan.base().positionText() + ", refined: " + plan.untilText());
    if (plan.nothingToDo()) {
      lines.add(held(plan));
      lines.add(withheld(plan));
      lines.add("nothing would leave");
      return new JobPlan(lines, true);
    }
    lines.add("would take: " + PlanExport.summary(plan.leaving()));
    JudgedExport judged = new JudgeExport(prepared, table).judged();
    lines.add(held(judged.plan()));
    AnonymityFigures gate = judged.gate();
    lines.add(
        "gate: "
            + gate.leavingRows()
            + " rows in "
            + gate.classes()
            + " classes may leave, the smallest has "
            + gate.smallestClass()
            + " (k = "
            + policy.k()
            + "); suppressed "
            + gate.suppressed()
            + ", share "
            + gate.suppressedShare());
    lines.add(withheld(judged.plan()));
    boolean blocked =
        judged.against(policy).stream().anyMatch(rule -> rule.blocks() && !rule.held());
    lines.add(
        blocked ? "the gate would stop it; nothing would leave" : "the gate would let it out");
    lines.add(
        "of what leaves at most " + policy.maxBytesPerDay() + " bytes a day, the newest first");
    return new JobPlan(lines, judged.plan().nothingToDo());
  }

  private static String held(ExportPlan plan) {
    return "held back, still open, too close to what was exported or more than a day's bytes: "
        + PlanExport.summary(plan.pending());
  }

  private String withheld(ExportPlan plan) {
    return "withheld, more of them is suppressed than "
        + policy.maxSuppressed()
        + ": "
        + PlanExport.summary(plan.withheld());
  }
}
