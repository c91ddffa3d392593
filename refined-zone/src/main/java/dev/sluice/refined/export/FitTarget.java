package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.Table;

/**
 * Gives a table in BigQuery the columns that are to leave. The table stays, with the policies that
 * are on it. Each step does nothing the second time, and the head knows of none before the rows are
 * there, so a run that died here is done again by the next.
 */
final class FitTarget {
  private final BigQuerySession bigQuery;
  private final ExportTable table;

  FitTarget(BigQuerySession bigQuery, ExportTable table) {
    this.bigQuery = bigQuery;
    this.table = table;
  }

  /**
   * Takes away what may not leave any more; done first of all, whatever becomes of the rows. A
   * column that BigQuery does not drop (of a table with row access policies, or one that it
   * partitions or clusters by) stays without a value.
   *
   * @param base what was exported; who put a column there that is none of it may keep it filled
   * @throws ExportRefused when BigQuery does neither
   */
  void lose(TargetColumns columns, ExportedHead base) {
    for (String name : columns.surplus()) {
      if (!dropped(name) && base.mayHaveSent(name)) {
        empty(name);
      }
    }
  }

  /**
   * Adds what is missing; rows that stand have no value in it until they are sent again.
   *
   * @throws ExportRefused when BigQuery does not do it
   */
  void gain(TargetColumns columns, Table standing) {
    for (Field field : columns.widened()) {
      widen(field);
    }
    if (!columns.lacksColumns()) {
      return;
    }
    StandardTableDefinition definition = standing.getDefinition();
    Table wanted =
        standing.toBuilder()
            .setDefinition(definition.toBuilder().setSchema(columns.gained()).build())
            .build();
    Table changed = bigQuery.ask("add columns to a table", wanted::update);
    Schema now = changed.<StandardTableDefinition>getDefinition().getSchema();
    if (now == null || new TargetColumns(table.name(), now, columns.wanted()).lacksColumns()) {
      throw cannot("add columns or parts of columns to");
    }
  }

  private boolean dropped(String name) {
    String column = ExportTable.sql(name);
    return changed("drop a column", "ALTER TABLE ", " DROP COLUMN IF EXISTS " + column);
  }

  private void empty(String name) {
    String column = ExportTable.sql(name);
    if (!changed("empty a column", "UPDATE ", " SET " + column + " = NULL WHERE TRUE")) {
      throw cannot("drop or empty column " + column + " of");
    }
  }

  private void widen(Field field) {
    String column = ExportTable.sql(field.getName());
    String how = " ALTER COLUMN " + column + " SET DATA TYPE " + number(field);
    if (!changed("widen a column", "ALTER TABLE ", how)) {
      throw cannot("give more digits to column " + column + " of");
    }
  }

  private ExportRefused cannot(String act) {
    return ExportRefused.setup(
        "BigQuery did not "
            + act
            + " "
            + table.name()
            + ". Drop the table in BigQuery: the next export makes it again and fills it");
  }

  private static String number(Field field) {
    return field.getType().getStandardType()
        + "("
        + field.getPrecision()
        + ", "
        + field.getScale()
        + ")";
  }

  /** Runs a statement on the target; false when BigQuery does not take it, now or later. */
  private boolean changed(String act, String statement, String how) {
    QueryJobConfiguration change =
        QueryJobConfiguration.newBuilder(statement + ExportTable.sql(table.target()) + how)
            .setUseLegacySql(false)
            .build();
    try {
      bigQuery.ask(act, () -> bigQuery.client().query(change));
      return true;
    } catch (BigQueryFailed e) {
      if (e.mayPass()) {
        throw e;
      }
      return false;
    }
  }
}
