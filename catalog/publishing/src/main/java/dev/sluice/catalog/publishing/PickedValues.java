package dev.sluice.catalog.publishing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CountIf;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which columns of cells show the value of a single event: the greatest or first of a cell's items,
 * a list of them, one that a subquery finds. Counts, sums and means do not, and what cells are
 * grouped by is the same for all of a cell.
 *
 * @param cells the aggregates that make the cells
 * @param telling values that say something of whom an event is about; results of aggregates below
 *     the cells, which may all be of one person, among them
 */
record PickedValues(Set<LogicalPlan> cells, CarriedValues telling) {

  /** Names of the plan's columns that show such a value. */
  Set<String> names(LogicalPlan plan) {
    Set<ExprId> picked = in(plan);
    return CollectionConverters.asJava(plan.output()).stream()
        .filter(output -> picked.contains(output.exprId()))
        .map(Attribute::name)
        .collect(Collectors.toSet());
  }

  private Set<ExprId> in(LogicalPlan node) {
    Set<ExprId> picked = new HashSet<>();
    if (cells.contains(node)) {
      List<Expression> grouping =
          CollectionConverters.asJava(((Aggregate) node).groupingExpressions());
      aliases(node).stream()
          .filter(alias -> picks(alias.child(), grouping))
          .forEach(alias -> picked.add(alias.exprId()));
      return picked;
    }
    List<LogicalPlan> children = CollectionConverters.asJava(node.children());
    children.forEach(child -> picked.addAll(in(child)));
    if (node instanceof Union) {
      List<Attribute> output = CollectionConverters.asJava(node.output());
      for (LogicalPlan child : children) {
        List<Attribute> given = CollectionConverters.asJava(child.output());
        for (int i = 0; i < output.size(); i++) {
          if (picked.contains(given.get(i).exprId())) {
            picked.add(output.get(i).exprId());
          }
        }
      }
    }
    aliases(node).stream()
        .filter(alias -> picksAgain(alias.child(), picked))
        .forEach(alias -> picked.add(alias.exprId()));
    return picked;
  }

  private static List<Alias> aliases(LogicalPlan node) {
    return CollectionConverters.asJava(node.expressions()).stream()
        .filter(Alias.class::isInstance)
        .map(Alias.class::cast)
        .toList();
  }

  /** In an aggregate that makes cells. */
  private boolean picks(Expression expression, List<Expression> grouping) {
    if (grouping.stream().anyMatch(expression::semanticEquals)) {
      return false;
    }
    if (expression instanceof AggregateExpression aggregate) {
      return !isOfAll(aggregate.aggregateFunction())
          && telling.carries((Expression) aggregate.aggregateFunction());
    }
    if (expression instanceof Attribute || expression instanceof PlanExpression<?>) {
      return telling.carries(expression);
    }
    return CollectionConverters.asJava(expression.children()).stream()
        .anyMatch(child -> picks(child, grouping));
  }

  /** Whether the function tells of all values together and not what one of them is. */
  private static boolean isOfAll(AggregateFunction function) {
    return function instanceof Count
        || function instanceof CountIf
        || function instanceof Sum
        || function instanceof Average
        || function instanceof CentralMomentAgg
        || function instanceof HyperLogLogPlusPlus;
  }

  /** Above the aggregates, where rows are cells. */
  private boolean picksAgain(Expression expression, Set<ExprId> picked) {
    if (expression instanceof Attribute attribute) {
      return picked.contains(attribute.exprId());
    }
    if (expression instanceof WindowExpression) {
      return false; // a rank; others are refused, see CellsOfPlan
    }
    if (expression instanceof PlanExpression<?>) {
      return telling.carries(expression);
    }
    return CollectionConverters.asJava(expression.children()).stream()
        .anyMatch(child -> picksAgain(child, picked));
  }
}
