package dev.sluice.refined.export;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableDefinition;
import com.google.cloud.bigquery.TableId;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
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
    long found = rows.isEmpty() ? 0 : rows.get(0).get(7).getLongValue();
    if (found > 1) {
      throw ExportRefused.setup(
          "Expected one exported head for "
              + table.name()
              + " in BigQuery, found "
              + found
              + ". Remove the rows that no export wrote from "
              + table.heads().getTable());
    }
    return rows.stream().findFirst().map(ReadExportedHead::head);
  }

  /**
   * Where the next export begins: at the head, or, where there is none, at the start, above every
   * number that the ledger has. So a head whose row was taken away is begun anew.
   */
  ExportedHead base(ExportTable table) {
    return of(table).orElseGet(() -> ExportedHead.startAfter(lastExport(table)));
  }

  private long lastExport(ExportTable table) {
    try {
      return bigQuery
          .rows(
              "read the export ledger",
              "SELECT COALESCE(MAX(export_no), 0) FROM "
                  + ExportTable.sql(table.ledger())
                  + " WHERE table_name = @t",
              Map.of("t", QueryParameterValue.string(table.name())))
          .get(0)
          .get(0)
          .getLongValue();
    } catch (BigQueryFailed e) {
      if (e.isNotFound() && !exists(table.ledger())) {
        return 0;
      }
      throw e;
    }
  }

  /** The newest entry of the ledger first, should two have the head's number. */
  private List<FieldValueList> headRows(ExportTable table) {
    return bigQuery.rows(
        "read the exported head",
        "SELECT h.head_position, h.export_no, h.erasure_epoch, h.refined_epoch,"
            + " h.exported_columns, l.pending, l.gate, (SELECT COUNT(*) FROM "
            + ExportTable.sql(table.heads())
            + " WHERE table_name = @t) AS heads FROM "
            + ExportTable.sql(table.heads())
            + " AS h LEFT JOIN "
            + ExportTable.sql(table.ledger())
            + " AS l ON l.table_name = h.table_name AND l.export_no = h.export_no"
            + " WHERE h.table_name = @t ORDER BY l.committed_at DESC",
        Map.of("t", QueryParameterValue.string(table.name())));
  }

  /** Which run committed the export with this number; empty when none did. */
  Optional<String> committedBy(ExportTable table, long exportNo) {
    return bigQuery
        .rows(
            "read the export ledger",
            "SELECT run_id FROM "
                + ExportTable.sql(table.ledger())
                + " WHERE table_name = @t AND export_no = @n ORDER BY committed_at DESC LIMIT 1",
            Map.of(
                "t", QueryParameterValue.string(table.name()),
                "n", QueryParameterValue.int64(exportNo)))
        .stream()
        .findFirst()
        .map(row -> row.get(0).getStringValue());
  }

  boolean exists(TableId table) {
    return look(table).isPresent();
  }

  /** The columns that the table has; empty when there is no table, or none with columns. */
  Optional<Schema> columns(TableId table) {
    return look(table)
        .map(found -> found.<TableDefinition>getDefinition().getSchema())
        .filter(schema -> !schema.getFields().isEmpty());
  }

  private Optional<Table> look(TableId table) {
    return bigQuery.ask(
        "look a table up", () -> Optional.ofNullable(bigQuery.client().getTable(table)));
  }

  private static ExportedHead head(FieldValueList row) {
    String position = row.get(0).getStringValue();
    String gate = row.get(6).isNull() ? "{}" : row.get(6).getStringValue();
    SortedSet<String> withheld = new TreeSet<>(PositionText.listAt(LedgerEntry.WITHHELD, gate));
    SortedSet<String> pending =
        new TreeSet<>(
            PositionText.readList(row.get(5).isNull() ? "[]" : row.get(5).getStringValue()));
    pending.removeAll(withheld);
    return new ExportedHead(
        PositionText.read(position),
        position,
        row.get(1).getLongValue(),
        row.get(2).getLongValue(),
        row.get(3).getLongValue(),
        PositionText.readMap(row.get(4).getStringValue()),
        pending,
        withheld,
        PositionText.textAt(LedgerEntry.POLICY, gate));
  }
}
