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
  private final Map<ExprId, Set<Set<String>>> copies = new HashMap<>();

  /** A union has the ids of its first part; what another part computes is no copy under them. */
  private final Set<ExprId> computed = new HashSet<>();

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
   * The places from which values of this come as they are, more than one where a union puts them
   * together; of each the columns it may be, as {@code table.column}, more than one where tables
   * have the same columns. Empty when it is no copy.
   */
  Set<Set<String>> of(Expression expression) {
    return expression instanceof Attribute attribute && !computed.contains(attribute.exprId())
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
          .forEach(alias -> add(alias.exprId(), of(alias.child())));
    }
  }

  private void begin(List<Attribute> columns) {
    Set<String> names = columns.stream().map(Attribute::name).collect(Collectors.toSet());
    List<String> tables =
        inputs.stream()
            .filter(input -> input.columns().equals(names))
            .map(InputValues::table)
            .toList();
    if (!tables.isEmpty()) {
      columns.forEach(column -> add(column.exprId(), Set.of(named(column, tables))));
    }
  }

  private static Set<String> named(Attribute column, List<String> tables) {
    return tables.stream().map(table -> table + "." + column.name()).collect(Collectors.toSet());
  }

  private void union(Attribute output, int place, List<LogicalPlan> children) {
    List<Set<Set<String>>> each =
        children.stream()
            .map(child -> of(CollectionConverters.asJava(child.output()).get(place)))
            .toList();
    if (each.stream().anyMatch(Set::isEmpty)) {
      computed.add(output.exprId());
    }
    each.forEach(places -> add(output.exprId(), places));
  }

  private void add(ExprId column, Set<Set<String>> places) {
    copies.computeIfAbsent(column, id -> new HashSet<>()).addAll(places);
  }
}
