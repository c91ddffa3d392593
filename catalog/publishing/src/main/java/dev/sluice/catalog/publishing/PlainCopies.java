package dev.sluice.catalog.publishing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which columns of a plan are columns of its tables as they are, under whatever name: nothing was
 * computed from them, so two different values of theirs are two different things.
 */
final class PlainCopies {
  private final List<InputValues> inputs;
  private final Map<ExprId, Set<String>> copies = new HashMap<>();

  private PlainCopies(List<InputValues> inputs) {
    this.inputs = inputs;
  }

  /**
   * @param plan without named queries; tables are empty rows
   */
  static PlainCopies of(LogicalPlan plan, List<InputValues> inputs) {
    PlainCopies copies = new PlainCopies(inputs);
    copies.walk(plan);
    return copies;
  }

  /**
   * The columns, as {@code table.column}, of which this is one as it is; more than one where tables
   * have the same columns or a union puts them together; empty when it is none.
   */
  Set<String> of(Expression expression) {
    return expression instanceof Attribute attribute
        ? copies.getOrDefault(attribute.exprId(), Set.of())
        : Set.of();
  }

  private void walk(LogicalPlan node) {
    List<LogicalPlan> children = CollectionConverters.asJava(node.children());
    children.forEach(this::walk);
    List<Attribute> output = CollectionConverters.asJava(node.output());
    if (node instanceof LocalRelation) {
      begin(output);
    } else if (node instanceof Union) {
      for (int i = 0; i < output.size(); i++) {
        union(output.get(i), i, children);
      }
    } else {
      CollectionConverters.asJava(node.expressions()).stream()
          .filter(Alias.class::isInstance)
          .map(Alias.class::cast)
          .filter(alias -> !of(alias.child()).isEmpty())
          .forEach(alias -> copies.put(alias.exprId(), of(alias.child())));
    }
  }

  private void begin(List<Attribute> columns) {
    Set<String> names = columns.stream().map(Attribute::name).collect(Collectors.toSet());
    for (InputValues input : inputs) {
      if (input.columns().equals(names)) {
        columns.forEach(
            column ->
                copies
                    .computeIfAbsent(column.exprId(), id -> new HashSet<>())
                    .add(input.table() + "." + column.name()));
      }
    }
  }

  private void union(Attribute output, int place, List<LogicalPlan> children) {
    List<Set<String>> each =
        children.stream()
            .map(child -> of(CollectionConverters.asJava(child.output()).get(place)))
            .toList();
    if (each.stream().noneMatch(Set::isEmpty)) {
      copies.put(output.exprId(), each.stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }
  }
}
