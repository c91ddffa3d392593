package dev.sluice.catalog.publishing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CumeDist;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetArrayStructFields;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.RankLike;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which columns of a plan carry certain values of its tables, through expressions, subqueries and
 * unions. Counting values and asking whether one is there does not carry it; nor does a window
 * partitioned by it, whose rows are told by their place or by other values. When in doubt it is
 * carried.
 */
final class CarriedValues {
  private final List<Attribute> outputs;

  /** The parts of the plan of which what is computed of many rows is carried too. */
  private final Predicate<LogicalPlan> results;

  /** Whether the node that is looked at is such a part. */
  private boolean inResults = true;

  private final Set<ExprId> carrying = new HashSet<>();

  /** Whether the part of a column of a table at a path is wanted. */
  private final Map<ExprId, Predicate<String>> parts = new HashMap<>();

  private CarriedValues(List<Attribute> outputs, Predicate<LogicalPlan> results) {
    this.outputs = outputs;
    this.results = results;
  }

  /**
   * @param plan without named queries, see {@link PlanParts#inlined}; tables are empty rows
   */
  static CarriedValues of(LogicalPlan plan, List<InputValues> inputs) {
    return of(plan, inputs, part -> false);
  }

  /**
   * As {@link #of}, and results of aggregates, windows and EXISTS too, whatever they are made of:
   * the rows behind one of them may all be about one person.
   *
   * @param plan as there
   * @param aboutPersons whether a part of the plan reads rows that are about persons; what is
   *     computed of reference data alone tells of nobody
   */
  static CarriedValues withResults(
      LogicalPlan plan, List<InputValues> inputs, Predicate<LogicalPlan> aboutPersons) {
    return of(plan, inputs, aboutPersons);
  }

  private static CarriedValues of(
      LogicalPlan plan, List<InputValues> inputs, Predicate<LogicalPlan> results) {
    CarriedValues carried = new CarriedValues(CollectionConverters.asJava(plan.output()), results);
    List<LogicalPlan> nodes = PlanParts.nodes(plan).toList();
    nodes.stream()
        .filter(LocalRelation.class::isInstance)
        .map(node -> CollectionConverters.asJava(node.output()))
        .forEach(columns -> inputs.forEach(input -> carried.begin(columns, input)));
    int before;
    do {
      before = carried.carrying.size();
      nodes.forEach(carried::through);
    } while (carried.carrying.size() > before);
    carried.inResults = results.test(plan);
    return carried;
  }

  /** Names of the plan's columns that carry such values. */
  Set<String> names() {
    return outputs.stream().filter(this::reach).map(Attribute::name).collect(Collectors.toSet());
  }

  private void begin(List<Attribute> columns, InputValues input) {
    if (!columns.stream()
        .map(Attribute::name)
        .collect(Collectors.toSet())
        .equals(input.columns())) {
      return;
    }
    for (Attribute column : columns) {
      if (input.wanted().test(column.name(), "")) {
        carrying.add(column.exprId());
        parts.merge(
            column.exprId(), path -> input.wanted().test(column.name(), path), Predicate::or);
      }
    }
  }

  private boolean reach(Attribute output) {
    return carrying.contains(output.exprId());
  }

  private void through(LogicalPlan node) {
    inResults = results.test(node);
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
      children.forEach(child -> byPlace(output, CollectionConverters.asJava(child.output())));
      return;
    }
    if (node instanceof Expand expand) { // grouping sets
      CollectionConverters.asJava(expand.projections())
          .forEach(projection -> byPlace(output, CollectionConverters.asJava(projection)));
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

  private void byPlace(List<Attribute> output, List<? extends Expression> given) {
    for (int i = 0; i < output.size(); i++) {
      if (carries(given.get(i))) {
        carrying.add(output.get(i).exprId());
      }
    }
  }

  /** Whether an expression over columns of the plan gives such a value, or something made of it. */
  boolean carries(Expression expression) {
    if (isResult(expression)) {
      return true;
    }
    if (expression instanceof WindowExpression window) {
      return carries(window.windowFunction())
          || (numbersItsOrder(window)
              && CollectionConverters.asJava(window.windowSpec().orderSpec()).stream()
                  .anyMatch(this::carries));
    }
    if (expression instanceof Count
        || expression instanceof IsNull
        || expression instanceof IsNotNull) {
      return false;
    }
    Optional<Part> part = part(expression);
    if (part.isPresent()) {
      Predicate<String> wanted = parts.get(part.get().column().exprId());
      return wanted == null ? reach(part.get().column()) : wanted.test(part.get().path());
    }
    if (expression instanceof OuterReference outer) {
      return carries((Expression) outer.e());
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan
        && CollectionConverters.asJava(plan.output()).stream().anyMatch(this::reach)) {
      return true;
    }
    return CollectionConverters.asJava(expression.children()).stream().anyMatch(this::carries);
  }

  /**
   * Whether rows with the same value in the window's order get the same number, and others another:
   * the number then stands for the value. Places that are counted row by row do not.
   */
  private static boolean numbersItsOrder(WindowExpression window) {
    Expression function = window.windowFunction();
    return function instanceof RankLike
        || function instanceof CumeDist
        || (function instanceof AggregateExpression && !goesByRows(window.windowSpec()));
  }

  private static boolean goesByRows(WindowSpecDefinition window) {
    return window.frameSpecification() instanceof SpecifiedWindowFrame frame
        && frame.frameType() instanceof RowFrame$;
  }

  private boolean isResult(Expression expression) {
    if (expression instanceof Exists exists) {
      return results.test(exists.plan());
    }
    return inResults
        && (expression instanceof AggregateExpression || expression instanceof WindowExpression);
  }

  private record Part(Attribute column, String path) {
    Optional<Part> at(String name) {
      return Optional.of(new Part(column, path.isEmpty() ? name : path + "." + name));
    }
  }

  /** A column, or a part of one. */
  private static Optional<Part> part(Expression expression) {
    if (expression instanceof Attribute column) {
      return Optional.of(new Part(column, ""));
    }
    if (expression instanceof OuterReference outer) {
      return part((Expression) outer.e());
    }
    if (expression instanceof GetStructField field) {
      return part(field.child()).flatMap(of -> of.at(field.extractFieldName()));
    }
    if (expression instanceof GetArrayStructFields field) {
      return part(field.child()).flatMap(of -> of.at(field.field().name()));
    }
    return Optional.empty();
  }
}
