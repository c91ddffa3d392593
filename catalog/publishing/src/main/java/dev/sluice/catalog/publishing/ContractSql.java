package dev.sluice.catalog.publishing;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Runs the SQL of contracts, in which tables go by their contract names. The names exist as
 * temporary views only while the statement is analysed, one statement at a time in a JVM, so that
 * two tenants' tables of one name never meet.
 */
public final class ContractSql {
  private static final Object NAMES = new Object();

  private ContractSql() {}

  /**
   * The rows of one SELECT, not yet computed.
   *
   * @param views what each contract name stands for
   * @param parameters values of {@code :name} in the statement
   * @throws RefusedSql when the statement does anything else than read these views
   */
  public static Dataset<Row> query(
      Lake lake, Map<String, Dataset<Row>> views, String sql, Map<String, Object> parameters) {
    CheckStatement.readsOnly(lake.spark(), sql, parameters);
    synchronized (NAMES) {
      try {
        views.forEach((name, rows) -> rows.createOrReplaceTempView(quoted(name)));
        return lake.spark().sql(sql, parameters);
      } finally {
        views.keySet().forEach(name -> lake.spark().catalog().dropTempView(name));
      }
    }
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
