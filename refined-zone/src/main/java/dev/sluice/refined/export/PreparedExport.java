package dev.sluice.refined.export;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.refined.PartitionValues;
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
    boolean onlyMissing) {}
