package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.refined.PartitionValues;
import dev.sluice.refined.anonymity.AnonymityFigures;
import dev.sluice.refined.anonymity.MeasureAnonymity.Measured;
import dev.sluice.refined.anonymity.SuppressedShares;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the gate says to the partitions of a plan.
 *
 * @param plan with those withheld of which too much is suppressed
 * @param measured the rows of the plan's partitions, and perhaps of others, measured
 */
record JudgedExport(
    ExportPlan plan, Measured measured, PartitionValues values, SuppressedShares shares) {

  /** The same, but these partitions wait. */
  JudgedExport holding(Set<String> partitions) {
    return new JudgedExport(plan.holding(partitions), measured, values, shares);
  }

  /** Figures of what was judged and does not wait. */
  AnonymityFigures all() {
    return measured.judged().among(plan.replaced());
  }

  /** Figures of the partitions that leave. */
  AnonymityFigures gate() {
    return measured.judged().among(plan.leaving().keySet());
  }

  /** The rows that leave; not yet computed. */
  Dataset<Row> leaving() {
    Set<String> partitions = plan.leaving().keySet();
    return partitions.containsAll(measured.judged().byPartition().keySet())
        ? measured.leaving()
        : measured.leaving().where(values.isOneOf(partitions));
  }

  /** Whether the cap holds back all there is to send. */
  boolean nothingCanLeave() {
    return gate().rows() == 0 && !plan.withheld().isEmpty();
  }

  /** The policy's limits beside what was measured. */
  List<RuleResult> against(ExportPolicy policy) {
    List<RuleResult> rules = new ArrayList<>(gate().against(policy));
    rules.add(shares.against(policy.maxSuppressed(), nothingCanLeave()));
    return rules;
  }
}
