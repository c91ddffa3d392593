package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.refined.PartitionValues;
import dev.sluice.refined.anonymity.AnonymityFigures;
import dev.sluice.refined.anonymity.MeasureAnonymity;
import dev.sluice.refined.anonymity.MeasureAnonymity.Measured;
import dev.sluice.refined.anonymity.SuppressedShares;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the gate what of a plan may leave. Partitions of which too much is suppressed are withheld
 * first, so that BigQuery keeps nothing of them; of the others wait those that differ by too few
 * from what BigQuery has.
 */
record JudgeExport(PreparedExport prepared, ExportTable table) {

  JudgedExport judged() {
    ExportPlan taken = prepared.plan().orElseThrow();
    PartitionValues values = prepared.values();
    Measured measured =
        MeasureAnonymity.on(
            prepared
                .planning()
                .rows(taken.snapshot())
                .where(values.isOneOf(taken.leaving().keySet())),
            values,
            prepared.policy());
    SuppressedShares shares = SuppressedShares.of(measured.judged(), empties(taken, measured));
    JudgedExport judged =
        new JudgedExport(
            taken.withholding(shares.over(prepared.policy().maxSuppressed())),
            measured,
            values,
            shares);
    return judged.holding(tooClose(judged));
  }

  /** Whether rows were judged, none may leave, and BigQuery keeps none of another partition. */
  private boolean empties(ExportPlan taken, Measured measured) {
    AnonymityFigures all = measured.figures();
    return all.rows() > 0 && all.leavingRows() == 0 && !keepsOthers(taken);
  }

  private boolean keepsOthers(ExportPlan taken) {
    if (prepared.standing().isEmpty()) {
      return false;
    }
    PartitionFilter others =
        ReplacedPartitions.by(taken, prepared.values(), prepared.columns().partition()).all().not();
    return !prepared
        .bigQuery()
        .rows(
            "look for other partitions",
            "SELECT 1 FROM "
                + ExportTable.sql(table.target())
                + " WHERE "
                + others.sql()
                + " LIMIT 1",
            others.parameters())
        .isEmpty();
  }

  /** Nothing is compared with what left under another policy: none of it stays. */
  private Set<String> tooClose(JudgedExport judged) {
    ExportPolicy policy = prepared.policy();
    if (!policy.holdDifferences()
        || judged.gate().leavingRows() == 0
        || judged.plan().extent() == Extent.ANEW) {
      return Set.of();
    }
    Optional<TargetColumns> comparable = prepared.standing().filter(this::isComparable);
    if (comparable.isEmpty()) {
      return Set.of();
    }
    AllowedColumns exported = prepared.columns().among(comparable.get().names());
    return new CompareReleases(prepared.bigQuery(), table, exported, prepared.values(), policy)
        .tooClose(judged.leaving(), judged.plan());
  }

  /** Whether BigQuery has the columns by which its cells are found and counted. */
  private boolean isComparable(TargetColumns standing) {
    List<String> needed = new ArrayList<>(prepared.policy().quasiIdentifiers());
    needed.add(prepared.values().column());
    needed.add(((Counted.Contributors) prepared.policy().counted()).column());
    return standing.names().containsAll(needed);
  }
}
