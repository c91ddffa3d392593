package dev.sluice.refined.anonymity;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.ListQuery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds the columns of a query that carry a token or anything computed from one, by following the
 * analysed plan. Only counting and asking for null set a value free. What the walk does not
 * understand passes the mark on, so it errs towards "carries".
 */
public final class FindTokenColumns {
  private static final String MARK = "sluice.token";
  private static final Metadata MARKED = new MetadataBuilder().putBoolean(MARK, true).build();

  private final Set<Long> marked = new HashSet<>();
  private final Map<Long, LogicalPlan> named = new HashMap<>();

  private FindTokenColumns() {}

  /** The same rows, with a mark on these columns that {@link #in} will follow. */
  public static Dataset<Row> mark(Dataset<Row> rows, Set<String> tokens) {
    return rows.select(
        Arrays.stream(rows.columns())
            .map(name -> tokens.contains(name) ? quoted(name).as(name, MARKED) : quoted(name))
            .toArray(Column[]::new));
  }

  /** Names of the columns of {@code query} that descend from a marked column. Computes no row. */
  public static Set<String> in(Dataset<Row> query) {
    FindTokenColumns find = new FindTokenColumns();
    LogicalPlan plan = query.queryExecution().analyzed();
    find.walk(plan);
    Set<String> names = new TreeSet<>();
    for (Attribute column : java(plan.output())) {
      if (find.carries(column)) {
        names.add(column.name());
      }
    }
    return names;
  }

  private void walk(LogicalPlan plan) {
    boolean below = false;
    Set<Long> known = new HashSet<>();
    for (LogicalPlan child : java(plan.children())) {
      walk(child);
      for (Attribute column : java(child.output())) {
        known.add(column.exprId().id());
        below |= carries(column);
      }
    }
    if (plan instanceof CTERelationDef definition) {
      named.put(definition.id(), definition.child());
    }
    if (plan instanceof CTERelationRef reference && named.containsKey(reference.cteId())) {
      byPlace(reference, named.get(reference.cteId()).output());
      return;
    }
    if (plan instanceof Union) {
      java(plan.children()).forEach(child -> byPlace(plan, child.output()));
      return;
    }
    if (plan instanceof Expand expand) { // grouping sets
      java(expand.projections()).forEach(projection -> byPlace(plan, projection));
      return;
    }
    if (plan instanceof Generate generate && !carries((Expression) generate.generator())) {
      java(generate.generatorOutput()).forEach(column -> known.add(column.exprId().id()));
    }
    for (Expression expression : java(plan.expressions())) {
      aliases(expression, known);
    }
    boolean carriedHere = below;
    java(plan.output()).stream()
        .map(column -> column.exprId().id())
        .filter(id -> !known.contains(id) && carriedHere)
        .forEach(marked::add);
  }

  /** Aliases are understood; they join {@code known} whether marked or not. */
  private void aliases(Expression expression, Set<Long> known) {
    if (expression instanceof Alias alias) {
      known.add(alias.exprId().id());
      if (carries(alias.child()) || alias.metadata().contains(MARK)) {
        marked.add(alias.exprId().id());
      }
    }
    java(expression.children()).forEach(child -> aliases(child, known));
  }

  private void byPlace(LogicalPlan plan, Seq<? extends Expression> source) {
    List<Attribute> to = java(plan.output());
    List<? extends Expression> from = java(source);
    for (int i = 0; i < to.size(); i++) {
      if (i >= from.size() || carries(from.get(i))) {
        marked.add(to.get(i).exprId().id());
      }
    }
  }

  private boolean carries(Expression expression) {
    if (expression instanceof Attribute attribute) {
      return marked.contains(attribute.exprId().id()) || attribute.metadata().contains(MARK);
    }
    if (expression instanceof Count
        || expression instanceof IsNull
        || expression instanceof IsNotNull
        || expression instanceof Exists
        || expression instanceof ListQuery) {
      return false;
    }
    if (expression instanceof SubqueryExpression subquery) {
      walk((LogicalPlan) subquery.plan());
      return java(((LogicalPlan) subquery.plan()).output()).stream().anyMatch(this::carries);
    }
    return java(expression.children()).stream().anyMatch(this::carries);
  }

  private static <T> List<T> java(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }

  private static Column quoted(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }
}
