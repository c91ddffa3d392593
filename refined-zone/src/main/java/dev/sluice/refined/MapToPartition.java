package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.ContractSql;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;

/** Evaluates the contract's expression that says to which partition an input row contributes. */
record MapToPartition(Lake lake, Product product, PartitionValues values, Product.Input input) {
  /** Column that holds the value of the product's partition column. */
  static final String COLUMN = "_affects";

  /** The rows with {@link #COLUMN} added. */
  Dataset<Row> added(Dataset<Row> rows) {
    String sql =
        "SELECT *, ("
            + input.affects().orElseThrow()
            + "\n) AS "
            + COLUMN
            + " FROM `"
            + input.table()
            + "`";
    Dataset<Row> mapped =
        ContractSql.query(lake, Map.of(input.table(), rows), sql, product.parameters());
    checkType(mapped.schema().apply(COLUMN).dataType());
    return mapped;
  }

  /** Only the rows that contribute to these partitions. */
  Dataset<Row> only(Dataset<Row> rows, Touched affected) {
    Dataset<Row> mapped = added(rows);
    Dataset<Row> exact =
        mapped.where(values.isOneOf(col(COLUMN), affected.partitions())).drop(COLUMN);
    return ImpliedTimes.of(expression(mapped))
        .map(times -> exact.where(times.filter(values, affected.partitions())))
        .orElse(exact);
  }

  /** The analysed expression behind the last column. */
  private static Expression expression(Dataset<Row> mapped) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) mapped).queryExecution().analyzed();
    return plan instanceof Project project && project.projectList().last() instanceof Alias alias
        ? alias.child()
        : Literal.TrueLiteral();
  }

  private void checkType(DataType found) {
    if (!found.catalogString().equals(DataType.fromDDL(values.type().ddl()).catalogString())) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "What input "
              + input.table()
              + " affects of product "
              + product.name()
              + " must be the value of its partition column "
              + values.column()
              + " and so a "
              + values.type().ddl()
              + "; the expression gives a "
              + found.catalogString()
              + ". To do: cast it in the contract");
    }
  }
}
