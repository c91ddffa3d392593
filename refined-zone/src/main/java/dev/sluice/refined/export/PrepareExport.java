package dev.sluice.refined.export;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.refined.PartitionValues;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds out what an export is to do before the first byte leaves: which columns may leave, where
 * BigQuery stands, and which partitions are to be sent. Changes nothing itself.
 */
record PrepareExport(
    Lake lake,
    BigQueryTarget target,
    DataContract contract,
    TenantId tenant,
    Product product,
    RunContext run,
    ExportTable table,
    SendAgain again) {

  /**
   * What is to be done.
   *
   * @param first told what stands before anything is refused for it
   */
  PreparedExport under(ExportPolicy policy, Standing first) {
    if (!lake.exists(table.name())) {
      throw ExportRefused.setup(
          table.name() + " does not exist. Apply the contract, which creates it, and refine first");
    }
    Table refined = lake.table(table.name());
    AllowedColumns columns = new MayLeave(lake, contract, tenant, product).of(policy, refined);
    BigQuerySession bigQuery = BigQuerySession.to(target);
    ReadExportedHead heads = new ReadExportedHead(bigQuery, table.project());
    ExportedHead base = heads.base(table);
    Optional<TargetColumns> standing =
        heads.columns(table.target()).map(found -> new TargetColumns(table.name(), found, columns));
    standing.ifPresent(found -> first.found(bigQuery, found, base));
    standing.ifPresent(found -> mustFit(found, base));
    PartitionValues values = PartitionValues.of(product);
    PlanExport planning = new PlanExport(lake, table.name(), values, policy, run.startedAt());
    Optional<ExportPlan> changed =
        planning
            .since(base, refined, wanted(policy, base, columns, standing))
            .map(ExportPlan::withholdingAgain);
    Optional<ExportPlan> plan =
        changed.map(
            each ->
                again.isNothing() || each.extent() != Extent.CHANGED
                    ? each
                    : withAgain(planning, each, bigQuery, columns, values));
    boolean onlyMissing =
        again.onlyMissing() && changed.filter(ExportPlan::nothingToDo).isPresent();
    return new PreparedExport(
        bigQuery, columns, standing, planning, values, policy, plan, onlyMissing);
  }

  /** A column that took over a name is refused, and so is another type. */
  private void mustFit(TargetColumns standing, ExportedHead base) {
    standing.wanted().mustBe(base.columns(), table.name());
    standing.gained();
  }

  /**
   * Rows that left under another policy, or nobody knows under which, are all replaced; the latter
   * are still compared where the policy asks for it, since the same policy may have held partitions
   * back. Where columns differ, in what was exported or in what stands, all rows are sent again.
   */
  private Extent wanted(
      ExportPolicy policy,
      ExportedHead base,
      AllowedColumns columns,
      Optional<TargetColumns> standing) {
    if (standing.isPresent() && !base.policy().equals(PolicyFingerprint.of(policy))) {
      return base.policy().isEmpty() && policy.holdDifferences() ? Extent.ALL : Extent.ANEW;
    }
    boolean asBefore =
        standing.filter(TargetColumns::fit).isPresent() && columns.areThose(base.columns());
    return asBefore && !again.isEverything() ? Extent.CHANGED : Extent.ALL;
  }

  private ExportPlan withAgain(
      PlanExport planning,
      ExportPlan changed,
      BigQuerySession bigQuery,
      AllowedColumns columns,
      PartitionValues values) {
    Dataset<Row> rows = planning.rows(changed.snapshot());
    Dataset<Row> wanted = again.partitions().map(p -> rows.where(values.isOneOf(p))).orElse(rows);
    return planning.adding(
        again.onlyMissing()
            ? rows.where(
                values.isOneOf(new FindMissing(bigQuery, table, columns, values).among(wanted)))
            : wanted,
        changed);
  }

  /** Takes note of what BigQuery has. */
  @FunctionalInterface
  interface Standing {
    void found(BigQuerySession bigQuery, TargetColumns standing, ExportedHead base);
  }
}
