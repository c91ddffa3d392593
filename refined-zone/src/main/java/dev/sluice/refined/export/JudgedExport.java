package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.refined.anonymity.AnonymityFigures;
import dev.sluice.refined.anonymity.MeasureAnonymity.Measured;
import dev.sluice.refined.anonymity.SuppressedShares;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate says to the partitions of a plan.
 *
 * @param plan with those withheld of which too much is suppressed
 * @param all figures of all partitions that were judged
 * @param gate rows and figures of those that leave
 */
record JudgedExport(ExportPlan plan, AnonymityFigures all, Measured gate, SuppressedShares shares) {

  /** Whether the cap holds back all there is to send. */
  boolean nothingCanLeave() {
    return plan.leaving().isEmpty() && !plan.withheld().isEmpty();
  }

  /** The policy's limits beside what was measured. */
  List<RuleResult> against(ExportPolicy policy) {
    List<RuleResult> rules = new ArrayList<>(gate.figures().against(policy));
    rules.add(shares.against(policy.maxSuppressed(), nothingCanLeave()));
    return rules;
  }
}
