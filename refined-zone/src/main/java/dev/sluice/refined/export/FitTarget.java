package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.QueryJobConfiguration;
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

  /** Drops what may not leave any more; done first of all, whatever becomes of the rows. */
  void lose(TargetColumns columns) {
    for (String name : columns.surplus()) {
      alter("drop a column", "DROP COLUMN IF EXISTS " + ExportTable.sql(name));
    }
  }

  /** Adds what is missing; rows that stand have no value in it until they are sent again. */
  void gain(TargetColumns columns, Table standing) {
    columns
        .widened()
        .forEach(
            field ->
                alter(
                    "widen a column",
                    "ALTER COLUMN "
                        + ExportTable.sql(field.getName())
                        + " SET DATA TYPE "
                        + number(field)));
    if (!columns.lacksColumns()) {
      return;
    }
    StandardTableDefinition definition = standing.getDefinition();
    Table changed =
        standing.toBuilder()
            .setDefinition(definition.toBuilder().setSchema(columns.gained()).build())
            .build();
    bigQuery.ask("add columns to a table", changed::update);
  }

  private static String number(Field field) {
    return field.getType().getStandardType()
        + "("
        + field.getPrecision()
        + ", "
        + field.getScale()
        + ")";
  }

  private void alter(String act, String how) {
    QueryJobConfiguration statement =
        QueryJobConfiguration.newBuilder(
                "ALTER TABLE " + ExportTable.sql(table.target()) + " " + how)
            .setUseLegacySql(false)
            .build();
    bigQuery.ask(act, () -> bigQuery.client().query(statement));
  }
}
