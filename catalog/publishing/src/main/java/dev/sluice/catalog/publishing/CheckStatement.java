package dev.sluice.catalog.publishing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.parser.NamedParameterContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses what a statement of a contract must not do. It looks at the parsed statement, because
 * Spark runs commands while it analyses them, and opens files to learn their columns.
 */
final class CheckStatement {
  /**
   * Class names of parsed nodes; what a later Spark adds is refused until somebody looked at it.
   */
  private static final Set<String> NODES =
      Set.of(
          "UnresolvedRelation",
          "UnresolvedInlineTable",
          "UnresolvedTableValuedFunction",
          "UnresolvedTVFAliases",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedWith",
          "UnresolvedOrderBy",
          "Project",
          "Filter",
          "Aggregate",
          "Join",
          "LateralJoin",
          "Sort",
          "GlobalLimit",
          "LocalLimit",
          "Offset",
          "Distinct",
          "Union",
          "Intersect",
          "Except",
          "SubqueryAlias",
          "WithWindowDefinition",
          "Generate",
          "Pivot",
          "Unpivot",
          "OneRowRelation",
          "LocalRelation");

  /** Functions that give rows of their arguments alone. */
  private static final Set<String> UNFOLD =
      Set.of(
          "explode",
          "explode_outer",
          "posexplode",
          "posexplode_outer",
          "inline",
          "inline_outer",
          "json_tuple",
          "stack");

  private static final Set<String> JAVA = Set.of("reflect", "java_method", "try_reflect");

  private CheckStatement() {}

  /**
   * Looks at all of a statement.
   *
   * @throws RefusedSql with the first thing that is not allowed
   */
  static void readsOnly(SparkSession spark, String sql, Map<String, Object> parameters) {
    parsed(spark, sql, parameters).stream()
        .flatMap(PlanParts::nodes)
        .forEach(
            node -> {
              node(node);
              PlanParts.expressions(node).forEach(CheckStatement::expression);
            });
  }

  /** Empty when it does not parse, which Spark then says itself before it does anything. */
  private static Optional<LogicalPlan> parsed(
      SparkSession spark, String sql, Map<String, Object> parameters) {
    scala.collection.mutable.Map<String, Expression> values =
        new scala.collection.mutable.HashMap<>();
    parameters.forEach((name, value) -> values.put(name, Literal$.MODULE$.apply(value)));
    ParserInterface parser =
        ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().sqlParser();
    try {
      return Optional.of(
          parser.parsePlanWithParameters(
              sql, new NamedParameterContext(scala.collection.immutable.Map.from(values))));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  private static void node(LogicalPlan node) {
    String kind = kind(node);
    if (kind.equals("PlanWithUnresolvedIdentifier")) {
      throw computedName(node);
    }
    if (!NODES.contains(kind)) {
      throw refused(node, "the SQL must be a query that reads its inputs; it has " + kind);
    }
    if (node instanceof UnresolvedRelation relation) {
      List<String> name = CollectionConverters.asJava(relation.multipartIdentifier());
      if (name.size() > 1 || relation.isStreaming()) {
        throw readsOther(node, String.join(".", name));
      }
    }
    if (node instanceof UnresolvedTableValuedFunction function) {
      List<String> name = CollectionConverters.asJava(function.name());
      if (name.size() > 1 || !UNFOLD.contains(name.get(0).toLowerCase(Locale.ROOT))) {
        throw readsOther(node, String.join(".", name) + "(...)");
      }
    }
  }

  private static void expression(Expression expression) {
    if (kind(expression).equals("ExpressionWithUnresolvedIdentifier")) {
      throw computedName(expression);
    }
    if (expression instanceof UnresolvedFunction function) {
      List<String> name = CollectionConverters.asJava(function.nameParts());
      if (JAVA.contains(name.get(name.size() - 1).toLowerCase(Locale.ROOT))) {
        throw refused(
            expression, "SQL of a contract must not call Java (" + String.join(".", name) + ")");
      }
    }
  }

  private static String kind(TreeNode<?> part) {
    return part.getClass().getSimpleName().replace("$", "");
  }

  private static RefusedSql computedName(TreeNode<?> part) {
    return refused(part, "the SQL must write names out; it has IDENTIFIER(...)");
  }

  private static RefusedSql readsOther(TreeNode<?> part, String what) {
    return refused(
        part, "the SQL reads " + what + "; it may read its inputs only, by their contract names");
  }

  private static RefusedSql refused(TreeNode<?> part, String message) {
    return new RefusedSql(
        part.origin().line().isDefined() ? (Integer) part.origin().line().get() : 1, message);
  }
}
