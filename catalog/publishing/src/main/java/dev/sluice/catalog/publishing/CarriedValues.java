package dev.sluice.catalog.publishing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which columns of a plan carry values of certain columns of one table, through expressions,
 * subqueries and unions. Counting values and asking whether one is there does not carry it. When in
 * doubt it is carried.
 */
final class CarriedValues {
  private final List<Attribute> outputs;
  private final Set<ExprId> carrying = new HashSet<>();

  private CarriedValues(List<Attribute> outputs) {
    this.outputs = outputs;
  }

  /**
   * @param table all columns of the table, by which it is told from others
   * @param wanted those whose values are followed
   */
  static CarriedValues of(LogicalPlan analysed, Set<String> table, Set<String> wanted) {
    LogicalPlan plan = new InlineCTE(true, false).apply(analysed);
    CarriedValues carried = new CarriedValues(CollectionConverters.asJava(plan.output()));
    List<LogicalPlan> nodes = PlanParts.nodes(plan).toList();
    nodes.stream()
        .filter(LocalRelation.class::isInstance)
        .map(node -> CollectionConverters.asJava(node.output()))
        .filter(
            columns ->
                columns.stream().map(Attribute::name).collect(Collectors.toSet()).equals(table))
        .forEach(
            columns ->
                columns.stream()
                    .filter(c -> wanted.contains(c.name()))
                    .forEach(c -> carried.carrying.add(c.exprId())));
    int before;
    do {
      before = carried.carrying.size();
      nodes.forEach(carried::through);
    } while (carried.carrying.size() > before);
    return carried;
  }

  List<Attribute> outputs() {
    return outputs;
  }

  boolean reach(Attribute output) {
    return carrying.contains(output.exprId());
  }

  private void through(LogicalPlan node) {
    Set<ExprId> explained = new HashSet<>();
    PlanParts.expressions(node)
        .filter(Alias.class::isInstance)
        .map(Alias.class::cast)
        .forEach(
            alias -> {
              explained.add(alias.exprId());
              if (carries(alias.child())) {
                carrying.add(alias.exprId());
              }
            });
    List<Attribute> output = CollectionConverters.asJava(node.output());
    List<LogicalPlan> children = CollectionConverters.asJava(node.children());
    if (node instanceof Union) {
      for (LogicalPlan child : children) {
        List<Attribute> given = CollectionConverters.asJava(child.output());
        for (int i = 0; i < output.size(); i++) {
          if (reach(given.get(i))) {
            carrying.add(output.get(i).exprId());
          }
        }
      }
      return;
    }
    for (LogicalPlan child : children) {
      CollectionConverters.asJava(child.output()).forEach(a -> explained.add(a.exprId()));
    }
    boolean any = CollectionConverters.asJava(node.expressions()).stream().anyMatch(this::carries);
    boolean below =
        children.stream()
            .flatMap(child -> CollectionConverters.asJava(child.output()).stream())
            .anyMatch(this::reach);
    if (!children.isEmpty() && (any || (node.expressions().isEmpty() && below))) {
      output.stream()
          .filter(a -> !explained.contains(a.exprId()))
          .forEach(a -> carrying.add(a.exprId()));
    }
  }

  private boolean carries(Expression expression) {
    if (expression instanceof Count
        || expression instanceof IsNull
        || expression instanceof IsNotNull) {
      return false;
    }
    if (expression instanceof Attribute attribute) {
      return reach(attribute);
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan
        && CollectionConverters.asJava(plan.output()).stream().anyMatch(this::reach)) {
      return true;
    }
    return CollectionConverters.asJava(expression.children()).stream().anyMatch(this::carries);
  }
}
