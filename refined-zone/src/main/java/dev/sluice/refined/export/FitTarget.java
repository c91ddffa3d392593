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
   * Drops what may not leave any more; done first of all, whatever becomes of the rows.
   *
   * @throws ExportRefused when BigQuery does not do it, as with a column that it partitions by
   */
  void lose(TargetColumns columns) {
    for (String name : columns.surplus()) {
      String column = ExportTable.sql(name);
      alter("drop a column", "DROP COLUMN IF EXISTS " + column, "drop column " + column + " of");
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

  private void widen(Field field) {
    String column = ExportTable.sql(field.getName());
    alter(
        "widen a column",
        "ALTER COLUMN " + column + " SET DATA TYPE " + number(field),
        "give more digits to column " + column + " of");
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

  private void alter(String act, String how, String refused) {
    QueryJobConfiguration statement =
        QueryJobConfiguration.newBuilder(
                "ALTER TABLE " + ExportTable.sql(table.target()) + " " + how)
            .setUseLegacySql(false)
            .build();
    try {
      bigQuery.ask(act, () -> bigQuery.client().query(statement));
    } catch (BigQueryFailed e) {
      throw e.mayPass() ? e : cannot(refused);
    }
  }
}
