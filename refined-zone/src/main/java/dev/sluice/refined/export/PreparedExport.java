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
    ExportPlan taken = plan.orElseThrow();
    Measured all = gate();
    SuppressedShares shares = shares(taken, all);
    ExportPlan rest = taken.withholding(shares.over(policy.maxSuppressed()));
    Measured leaving = rest.withheld().isEmpty() ? all : with(rest).gate();
    return new JudgedExport(rest, all.figures(), leaving, shares);
  }

  /** Bounded by the number of partitions; nothing is counted where nothing is suppressed. */
  private SuppressedShares shares(ExportPlan taken, Measured all) {
    if (all.figures().suppressedRows() == 0) {
      return new SuppressedShares(taken.leaving(), taken.leaving());
    }
    return new SuppressedShares(taken.leaving(), planning.counted(all.leaving()));
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
        values.column(),
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
