package dev.sluice.stage;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.ExpressionUtils;

/**
 * Expressions that give null where they would fail on a row. Spark 4 computes by ANSI rules, so a
 * division by zero in a contract's rule would otherwise end the job instead of setting aside the
 * row.
 */
final class TryColumn {
  private TryColumn() {}

  /**
   * A contract's SQL expression.
   *
   * @throws IllegalArgumentException when it is no SQL
   */
  static Column of(SparkSession spark, String sql) {
    try {
      Expression parsed =
          ((org.apache.spark.sql.classic.SparkSession) spark)
              .sessionState()
              .sqlParser()
              .parseExpression(sql);
      return ExpressionUtils.column(new OrNull(parsed));
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "Expected a Spark SQL expression in the contract; got: " + sql, e);
    }
  }

  static Column of(Column column) {
    return ExpressionUtils.column(new OrNull(ExpressionUtils.expression(column)));
  }
}
