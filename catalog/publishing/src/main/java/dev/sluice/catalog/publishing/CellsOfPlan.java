package dev.sluice.catalog.publishing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RankLike;
import org.apache.spark.sql.catalyst.expressions.RowNumberLike;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.ResolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds the aggregates that make the cells of a product: those in which its contributors are
 * counted. What comes to a cell after it was counted, its count says nothing of; so above such an
 * aggregate rows are only chosen, ranked, renamed, put below one another, and joined to tables in
 * which no events are. A window that gives more than a rank would show in one cell what was counted
 * in others, which may be held back.
 */
final class CellsOfPlan {
  private final Predicate<Expression> isSubject;
  private final Predicate<LogicalPlan> holdsEvents;
  private final Set<LogicalPlan> aggregates = new HashSet<>();
  private final Set<String> windows = new TreeSet<>();
  private boolean understood = true;

  private CellsOfPlan(Predicate<Expression> isSubject, Predicate<LogicalPlan> holdsEvents) {
    this.isSubject = isSubject;
    this.holdsEvents = holdsEvents;
  }

  /**
   * Looks for the cells whose contributors are in a column.
   *
   * @param isSubject whether an expression is whom the product counts
   * @param holdsEvents whether a part of the plan reads rows whose subjects must be counted
   */
  static CellsOfPlan of(
      LogicalPlan plan,
      String contributors,
      Predicate<Expression> isSubject,
      Predicate<LogicalPlan> holdsEvents) {
    CellsOfPlan cells = new CellsOfPlan(isSubject, holdsEvents);
    Optional<Attribute> column =
        CollectionConverters.asJava(plan.output()).stream()
            .filter(output -> output.name().equals(contributors))
            .findFirst();
    column.ifPresent(output -> cells.follow(plan, output.exprId()));
    return cells;
  }

  /** The aggregates; empty when the column is no plain count of different subjects. */
  Set<LogicalPlan> aggregates() {
    return understood ? aggregates : Set.of();
  }

  /** Functions of windows above the aggregates that take values of several cells. */
  Set<String> windows() {
    return windows;
  }

  private void follow(LogicalPlan node, ExprId column) {
    List<LogicalPlan> children = CollectionConverters.asJava(node.children());
    if (node instanceof Aggregate aggregate) {
      understood &=
          named(aggregate, column).filter(alias -> isCountOfSubjects(alias.child())).isPresent();
      aggregates.add(aggregate);
    } else if (node instanceof Union) {
      int place = ids(node).indexOf(column);
      children.forEach(child -> follow(child, ids(child).get(place)));
    } else if (node instanceof Join) {
      List<LogicalPlan> counted =
          children.stream().filter(child -> ids(child).contains(column)).toList();
      understood &=
          children.stream().filter(child -> !counted.contains(child)).noneMatch(holdsEvents);
      counted.forEach(child -> follow(child, column));
    } else if (node instanceof Project && named(node, column).isPresent()) {
      Optional<Attribute> count = count(named(node, column).get().child());
      understood &= count.isPresent();
      count.ifPresent(attribute -> follow(children.get(0), attribute.exprId()));
    } else if (passes(node) && ids(children.get(0)).contains(column)) {
      PlanParts.expressions(node)
          .filter(WindowExpression.class::isInstance)
          .map(window -> ((WindowExpression) window).windowFunction())
          .filter(function -> !isRank(function))
          .forEach(function -> windows.add(name(function)));
      follow(children.get(0), column);
    } else {
      understood = false;
    }
  }

  /** The count that an expression gives as it is, or as 0 where a join found no cell. */
  private static Optional<Attribute> count(Expression expression) {
    if (expression instanceof Coalesce coalesce
        && coalesce.children().size() == 2
        && isZero(coalesce.children().last())) {
      return count(coalesce.children().head());
    }
    return expression instanceof Attribute count ? Optional.of(count) : Optional.empty();
  }

  private static boolean isZero(Expression expression) {
    return expression instanceof Cast cast
        ? isZero(cast.child())
        : expression instanceof Literal literal
            && literal.value() instanceof Number number
            && number.doubleValue() == 0;
  }

  private static boolean passes(LogicalPlan node) {
    return node instanceof Project
        || node instanceof SubqueryAlias
        || node instanceof Filter
        || node instanceof Window
        || node instanceof Sort
        || node instanceof Distinct
        || node instanceof Offset
        || node instanceof GlobalLimit
        || node instanceof LocalLimit
        || node instanceof ResolvedHint
        || node instanceof RepartitionOperation
        || node instanceof RebalancePartitions;
  }

  /** Whether it says only which place a row has among others. */
  private static boolean isRank(Expression function) {
    return function instanceof RankLike || function instanceof RowNumberLike;
  }

  private static String name(Expression function) {
    return function instanceof AggregateExpression aggregate
        ? ((Expression) aggregate.aggregateFunction()).prettyName()
        : function.prettyName();
  }

  private boolean isCountOfSubjects(Expression expression) {
    return expression instanceof AggregateExpression aggregate
        && aggregate.isDistinct()
        && aggregate.aggregateFunction() instanceof Count count
        && count.children().size() == 1
        && isSubject.test(count.children().head());
  }

  private static Optional<Alias> named(LogicalPlan node, ExprId column) {
    return CollectionConverters.asJava(node.expressions()).stream()
        .filter(Alias.class::isInstance)
        .map(Alias.class::cast)
        .filter(alias -> alias.exprId().equals(column))
        .findFirst();
  }

  private static List<ExprId> ids(LogicalPlan node) {
    List<ExprId> ids = new ArrayList<>();
    CollectionConverters.asJava(node.output()).forEach(output -> ids.add(output.exprId()));
    return ids;
  }
}
