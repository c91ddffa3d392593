package dev.sluice.catalog.publishing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Crc32;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.HashExpression;
import org.apache.spark.sql.catalyst.expressions.Md5;
import org.apache.spark.sql.catalyst.expressions.Sha1;
import org.apache.spark.sql.catalyst.expressions.Sha2;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.View;
import scala.jdk.javaapi.CollectionConverters;

/** Looks into analysed plans. */
final class PlanParts {
  private static final Set<String> VOLATILE =
      Set.of(
          "CurrentTimestamp",
          "Now",
          "CurrentDate",
          "LocalTimestamp",
          "CurrentTime",
          "CurrentUser",
          "InputFileName",
          "CurrentTimeZone");

  private PlanParts() {}

  static LogicalPlan analysed(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed();
  }

  /** The analysed plan with named queries in the places where they are used. */
  static LogicalPlan inlined(Dataset<Row> rows) {
    return new InlineCTE(true, false).apply(analysed(rows));
  }

  /** Every node of a plan, of its subqueries too. */
  static Stream<LogicalPlan> nodes(LogicalPlan plan) {
    Stream<LogicalPlan> below =
        CollectionConverters.asJava(plan.children()).stream().flatMap(PlanParts::nodes);
    Stream<LogicalPlan> subqueries =
        CollectionConverters.asJava(plan.subqueries()).stream().flatMap(PlanParts::nodes);
    Stream<LogicalPlan> inner =
        CollectionConverters.asJava(plan.innerChildren()).stream()
            .filter(LogicalPlan.class::isInstance)
            .map(LogicalPlan.class::cast)
            .filter(child -> !plan.children().contains(child))
            .flatMap(PlanParts::nodes);
    return Stream.of(Stream.of(plan), below, subqueries, inner).flatMap(s -> s).distinct();
  }

  static Stream<Expression> expressions(LogicalPlan node) {
    return CollectionConverters.asJava(node.expressions()).stream().flatMap(PlanParts::within);
  }

  /** An expression and all its parts. */
  static Stream<Expression> within(Expression expression) {
    return Stream.concat(
        Stream.of(expression),
        CollectionConverters.asJava(expression.children()).stream().flatMap(PlanParts::within));
  }

  /** Sources other than the rows given to the analysis. */
  static List<String> sourcesBeside(Dataset<Row> rows) {
    List<String> others = new ArrayList<>();
    nodes(analysed(rows))
        .filter(node -> node.children().isEmpty())
        .filter(
            node ->
                !(node instanceof LocalRelation
                    || node instanceof OneRowRelation
                    || node instanceof CTERelationRef))
        .forEach(node -> others.add("a source of kind " + node.nodeName()));
    return others.stream().distinct().toList();
  }

  /** Calls of hashes without a key, however they are written. */
  static List<Expression> unkeyedHashes(Dataset<Row> rows) {
    return nodes(analysed(rows))
        .flatMap(PlanParts::expressions)
        .filter(
            e ->
                e instanceof Md5
                    || e instanceof Sha1
                    || e instanceof Sha2
                    || e instanceof Crc32
                    || e instanceof HashExpression<?>)
        .toList();
  }

  static boolean isRepeatable(Dataset<Row> rows) {
    return nodes(analysed(rows))
        .flatMap(PlanParts::expressions)
        .allMatch(e -> e.deterministic() && !VOLATILE.contains(e.getClass().getSimpleName()));
  }

  /** Whether each row of the result comes from one row of the input. */
  static boolean isRowByRow(Dataset<Row> rows) {
    return analysed(rows).subqueriesAll().isEmpty()
        && nodes(analysed(rows))
            .allMatch(
                n ->
                    n instanceof Project
                        || n instanceof SubqueryAlias
                        || n instanceof View
                        || n instanceof LocalRelation);
  }
}
