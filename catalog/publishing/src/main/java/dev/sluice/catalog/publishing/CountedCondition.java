package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.SetRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The condition by which a set rule counts rows, where the rule does no more than that: {@code
 * SELECT count(*) FROM {object} WHERE condition} or {@code SELECT count_if(condition) FROM
 * {object}}. Such a count over a table is the sum of the counts over its parts.
 */
public final class CountedCondition {
  private CountedCondition() {}

  /**
   * The condition; empty for a rule that looks at several rows or tables, at the time of day or at
   * anything else than the columns of a row.
   *
   * @param rows of the table under test
   * @param object its contract name
   */
  public static Optional<Column> of(SetRule rule, Dataset<Row> rows, String object) {
    Optional<Column> condition = parsed(rule, rows, object).map(ExpressionUtils::column);
    return condition.filter(column -> looksAtEachRowAlone(rows.as(object), column));
  }

  /** Whether the rule counts all rows. */
  public static boolean isEveryRow(SetRule rule, Dataset<Row> rows, String object) {
    return parsed(rule, rows, object).filter(Literal.TrueLiteral()::equals).isPresent();
  }

  private static Optional<Expression> parsed(SetRule rule, Dataset<Row> rows, String object) {
    LogicalPlan plan;
    try {
      plan =
          ((org.apache.spark.sql.classic.SparkSession) rows.sparkSession())
              .sessionState()
              .sqlParser()
              .parsePlan(MeasureSetRules.query(rule, object));
    } catch (ParseException e) {
      return Optional.empty();
    }
    if (!(plan instanceof Project project) || project.projectList().size() != 1) {
      return Optional.empty();
    }
    Optional<Expression> counted = counted((Expression) project.projectList().head());
    if (project.child() instanceof Filter filter && isTable(filter.child(), object)) {
      return counted.map(condition -> new And(filter.condition(), condition));
    }
    return isTable(project.child(), object) ? counted : Optional.empty();
  }

  private static boolean isTable(LogicalPlan plan, String object) {
    return plan instanceof UnresolvedRelation table
        && list(table.multipartIdentifier()).equals(List.of(object))
        && table.options().isEmpty();
  }

  private static Optional<Expression> counted(Expression selected) {
    Expression call =
        selected instanceof UnresolvedAlias unnamed
            ? unnamed.child()
            : selected instanceof Alias named ? named.child() : selected;
    if (!(call instanceof UnresolvedFunction function)
        || function.isDistinct()
        || function.filter().isDefined()
        || !function.orderingWithinGroup().isEmpty()
        || function.arguments().size() != 1) {
      return Optional.empty();
    }
    Expression argument = function.arguments().head();
    return switch (String.join(".", list(function.nameParts())).toLowerCase(Locale.ROOT)) {
      case "count_if" -> Optional.of(argument);
      case "count" ->
          argument instanceof Literal one && one.value() != null // count(*) is parsed as this
              ? Optional.of(Literal.TrueLiteral())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean looksAtEachRowAlone(Dataset<Row> rows, Column condition) {
    try {
      Dataset<Row> conditions = rows.select(condition);
      return conditions.schema().fields()[0].dataType() == DataTypes.BooleanType
          && PlanParts.isRepeatable(conditions)
          && PlanParts.nodes(PlanParts.analysed(conditions))
              .allMatch(
                  node ->
                      node instanceof Project
                          || node instanceof SubqueryAlias
                          || node instanceof LeafNode)
          && PlanParts.nodes(PlanParts.analysed(conditions))
              .flatMap(PlanParts::expressions)
              .noneMatch(PlanExpression.class::isInstance);
    } catch (Exception e) {
      // Spark throws its checked AnalysisException through Scala code that does not declare it.
      if (!(e instanceof AnalysisException)) {
        throw e;
      }
      return false;
    }
  }

  private static <T> List<T> list(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }
}
