package dev.sluice.refined.export;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads from BigQuery how far a table has been exported; writes nothing. */
public final class ReadExportedHead {
  private final BigQuerySession bigQuery;
  private final String project;

  /**
   * Connects.
   *
   * @throws BigQueryUnavailable when BigQuery does not answer
   */
  public ReadExportedHead(BigQueryTarget target) {
    this(BigQuerySession.to(target), target.project());
  }

  ReadExportedHead(BigQuerySession bigQuery, String project) {
    this.bigQuery = bigQuery;
    this.project = project;
  }

  /** The head; empty when the product was never exported for the tenant. */
  public Optional<ExportedHead> of(TenantId tenant, Product product) {
    return of(new ExportTable(project, tenant, product.name()));
  }

  /** Rows that stand in BigQuery now; 0 when the table does not exist. */
  public long rows(TenantId tenant, Product product) {
    ExportTable table = new ExportTable(project, tenant, product.name());
    if (!exists(table.target())) {
      return 0;
    }
    return bigQuery
        .rows("count rows", "SELECT COUNT(*) FROM " + ExportTable.sql(table.target()), Map.of())
        .get(0)
        .get(0)
        .getLongValue();
  }

  Optional<ExportedHead> of(ExportTable table) {
    List<FieldValueList> rows;
    try {
      rows = headRows(table);
    } catch (BigQueryFailed e) {
      if (e.isNotFound() && !(exists(table.heads()) && exists(table.ledger()))) {
        return Optional.empty();
      }
      throw e;
    }
    if (rows.size() > 1) {
      throw ExportRefused.setup(
          "Expected one exported head for "
              + table.name()
              + " in BigQuery, found "
              + rows.size()
              + ". Remove the rows that no export wrote from "
              + table.heads().getTable());
    }
    return rows.stream().findFirst().map(ReadExportedHead::head);
  }

  private List<FieldValueList> headRows(ExportTable table) {
    return bigQuery.rows(
        "read the exported head",
        "SELECT h.head_position, h.export_no, h.erasure_epoch, h.refined_epoch,"
            + " h.exported_columns, l.pending FROM "
            + ExportTable.sql(table.heads())
            + " AS h LEFT JOIN "
            + ExportTable.sql(table.ledger())
            + " AS l ON l.table_name = h.table_name AND l.export_no = h.export_no"
            + " WHERE h.table_name = @t",
        Map.of("t", QueryParameterValue.string(table.name())));
  }

  /** Which run committed the export with this number; empty when none did. */
  Optional<String> committedBy(ExportTable table, long exportNo) {
    return bigQuery
        .rows(
            "read the export ledger",
            "SELECT run_id FROM "
                + ExportTable.sql(table.ledger())
                + " WHERE table_name = @t AND export_no = @n",
            Map.of(
                "t", QueryParameterValue.string(table.name()),
                "n", QueryParameterValue.int64(exportNo)))
        .stream()
        .findFirst()
        .map(row -> row.get(0).getStringValue());
  }

  boolean exists(TableId table) {
    return bigQuery
        .ask("look a table up", () -> Optional.ofNullable(bigQuery.client().getTable(table)))
        .isPresent();
  }

  private static ExportedHead head(FieldValueList row) {
    String position = row.get(0).getStringValue();
    FieldValue pending = row.get(5);
    return new ExportedHead(
        PositionText.read(position),
        position,
        row.get(1).getLongValue(),
        row.get(2).getLongValue(),
        row.get(3).getLongValue(),
        PositionText.readMap(row.get(4).getStringValue()),
        pending.isNull()
            ? new TreeSet<>()
            : new TreeSet<>(PositionText.readList(pending.getStringValue())));
  }
}
