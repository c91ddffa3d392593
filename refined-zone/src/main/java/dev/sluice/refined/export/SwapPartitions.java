package dev.sluice.refined.export;

import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Replaces the changed partitions, moves the exported head and writes the ledger, in one
 * transaction. The head's row is compared first and updated by comparison too, so of two exporters
 * from one base only one commits, and a replay of an old one is refused.
 */
final class SwapPartitions {
  private final BigQuerySession bigQuery;
  private final ExportTable table;

  SwapPartitions(BigQuerySession bigQuery, ExportTable table) {
    this.bigQuery = bigQuery;
    this.table = table;
  }

  /**
   * Commits the export. Empty when the head stands at its end afterwards, whoever brought it there;
   * else how the transaction failed.
   *
   * @param staging the verified rows; empty when no row leaves
   */
  Optional<BigQueryFailed> swap(
      ExportPlan plan,
      ReplacedPartitions replaced,
      Optional<TableId> staging,
      AllowedColumns columns,
      LedgerEntry entry) {
    QueryJobConfiguration.Builder script =
        QueryJobConfiguration.newBuilder(script(replaced, staging, columns)).setUseLegacySql(false);
    replaced.parameters().forEach(script::addNamedParameter);
    entry.parameters().forEach(script::addNamedParameter);
    Map<String, QueryParameterValue> own =
        Map.of(
            "t", QueryParameterValue.string(table.name()),
            "base", QueryParameterValue.string(plan.base().positionText()),
            "until", QueryParameterValue.string(plan.untilText()),
            "no", QueryParameterValue.int64(plan.base().exportNo()),
            "epoch", QueryParameterValue.int64(plan.base().erasureEpoch()),
            "refined_epoch", QueryParameterValue.int64(plan.refinedEpoch()),
            "columns", QueryParameterValue.string(PositionText.writeMap(columns.identities())));
    own.forEach(script::addNamedParameter);
    return new QueryOnce(bigQuery)
        .run("swap the partitions", entry.jobId("swap"), script.build(), () -> committed(plan));
  }

  /** Whether the head is where this plan brings it. */
  boolean committed(ExportPlan plan) {
    return new ReadExportedHead(bigQuery, table.project())
        .of(table)
        .filter(head -> head.exportNo() == plan.base().exportNo() + 1)
        .filter(head -> head.positionText().equals(plan.untilText()))
        .isPresent();
  }

  /** Whether the head still is where this plan found it. */
  boolean stillAtBase(ExportPlan plan) {
    return new ReadExportedHead(bigQuery, table.project())
        .of(table)
        .filter(head -> head.exportNo() == plan.base().exportNo())
        .filter(head -> head.positionText().equals(plan.base().positionText()))
        .isPresent();
  }

  private String script(
      ReplacedPartitions replaced, Optional<TableId> staging, AllowedColumns columns) {
    String heads = ExportTable.sql(table.heads());
    String target = ExportTable.sql(table.target());
    String mine = "table_name = @t AND head_position = @base AND export_no = @no";
    StringBuilder script = new StringBuilder("BEGIN TRANSACTION;\n");
    script.append(
        "ASSERT (SELECT COUNT(*) FROM "
            + heads
            + " WHERE "
            + mine
            + " AND erasure_epoch <= @epoch) = 1 AS 'stale base';\n");
    for (PartitionFilter step : replaced.deletes()) {
      script.append("DELETE FROM " + target + " WHERE " + step.sql() + ";\n");
    }
    staging.ifPresent(from -> script.append(insert(replaced, from, columns)));
    script.append(
        "UPDATE "
            + heads
            + " SET head_position = @until, export_no = @no + 1, erasure_epoch = @epoch,"
            + " refined_epoch = @refined_epoch, exported_columns = @columns WHERE "
            + mine
            + ";\n");
    script.append(LedgerEntry.insertInto(table.ledger()));
    return script.append("COMMIT TRANSACTION;").toString();
  }

  private String insert(ReplacedPartitions replaced, TableId from, AllowedColumns columns) {
    String target = ExportTable.sql(table.target());
    String names = columns.names().stream().map(ExportTable::sql).collect(Collectors.joining(", "));
    StringBuilder script = new StringBuilder();
    for (PartitionFilter step : replaced.inserts()) {
      script.append("INSERT INTO " + target + " (" + names + ") SELECT " + names + " FROM ");
      script.append(ExportTable.sql(from) + " WHERE " + step.sql() + ";\n");
    }
    String there = "SELECT COUNT(*) FROM " + target + " WHERE " + replaced.all().sql();
    return script
        .append("ASSERT (" + there + ") = @row_cnt AS 'other rows than staged';\n")
        .toString();
  }
}
