package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.refined.PartitionValues;
import dev.sluice.refined.anonymity.MeasureAnonymity;
import dev.sluice.refined.anonymity.MeasureAnonymity.Measured;
import dev.sluice.refined.anonymity.SuppressedShares;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is decided before the first byte leaves.
 *
 * @param standing the columns that BigQuery has; empty when it has no such table
 * @param plan empty when nothing was published yet
 * @param onlyMissing whether nothing changed and only what BigQuery lacks is to leave
 */
record PreparedExport(
    BigQuerySession bigQuery,
    AllowedColumns columns,
    Optional<TargetColumns> standing,
    PlanExport planning,
    PartitionValues values,
    ExportPolicy policy,
    Optional<ExportPlan> plan,
    boolean onlyMissing) {

  /**
   * The same without partitions that differ by too few from what BigQuery has of them. Nothing is
   * compared with what left under another policy: none of it stays.
   */
  PreparedExport comparedIn(ExportTable table) {
    if (!policy.holdDifferences()
        || plan.isEmpty()
        || plan.get().leaving().isEmpty()
        || plan.get().extent() == Extent.ANEW
        || !isComparable()) {
      return this;
    }
    AllowedColumns exported = columns.among(standing.orElseThrow().names());
    ExportPlan held =
        plan.get()
            .holding(
                new CompareReleases(bigQuery, table, exported, values, policy)
                    .tooClose(gate().leaving(), plan.get()));
    return with(held);
  }

  /** What the gate says to the plan; partitions of which too much is suppressed are withheld. */
  JudgedExport judged() {
    Measured measured = gate();
    SuppressedShares shares = SuppressedShares.of(measured.judged());
    ExportPlan rest = plan.orElseThrow().withholding(shares.over(policy.maxSuppressed()));
    return new JudgedExport(rest, measured, values, shares);
  }

  private PreparedExport with(ExportPlan other) {
    return new PreparedExport(
        bigQuery, columns, standing, planning, values, policy, Optional.of(other), onlyMissing);
  }

  /** The rows of the partitions that may leave now, judged. Computes the figures. */
  private Measured gate() {
    ExportPlan taken = plan.orElseThrow();
    return MeasureAnonymity.on(
        planning.rows(taken.snapshot()).where(values.isOneOf(taken.leaving().keySet())),
        values,
        policy);
  }

  /** Whether BigQuery has the columns by which its cells are found and counted. */
  private boolean isComparable() {
    List<String> needed = new ArrayList<>(policy.quasiIdentifiers());
    needed.add(values.column());
    needed.add(((Counted.Contributors) policy.counted()).column());
    return standing.filter(found -> found.names().containsAll(needed)).isPresent();
  }
}
