package dev.sluice.pipelines.query;

import static scala.jdk.javaapi.CollectionConverters.asJava;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LeafExpression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Decides whether a statement only reads stage, reference and refined tables. Looks twice: before
 * analysis, so that a statement that acts while it is analysed never gets there, and after it, on
 * what the names have turned out to mean. Nothing is run.
 */
final class CheckQuery {
  private static final Pattern NAMESPACE =
      Pattern.compile("[a-z][a-z0-9]{0,30}_(stage|reference|refined)");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final org.apache.spark.sql.classic.SparkSession session;

  private final WatchReads reads;

  CheckQuery(SparkSession session, WatchReads reads) {
    this.reads = reads;
    this.session = (org.apache.spark.sql.classic.SparkSession) session;
  }

  /**
   * The tables that the statement reads.
   *
   * @throws QueryRefused when the statement does anything else
   */
  SortedSet<String> check(String sql) {
    LogicalPlan parsed = parse(sql);
    PlanParts before = PlanParts.of(parsed);
    before.nodes().forEach(CheckQuery::checkParsed);
    before.expressions().forEach(CheckQuery::checkExpression);
    before.nodes().forEach(this::checkThere);
    LogicalPlan analysed = analyse(parsed);
    PlanParts after = PlanParts.of(analysed);
    after.nodes().forEach(CheckQuery::checkAnalysed);
    after.expressions().forEach(CheckQuery::checkExpression);
    after.expressions().forEach(CheckQuery::checkLeaf);
    SortedSet<String> read = new TreeSet<>();
    for (LogicalPlan node : after.nodes()) {
      if (node instanceof DataSourceV2Relation relation) {
        var table = relation.identifier().get();
        read.add(table.namespace()[0] + "." + table.name());
      }
    }
    return read;
  }

  private LogicalPlan parse(String sql) {
    try {
      return session.sessionState().sqlParser().parsePlan(sql);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw QueryRefused.because("The statement does not parse: " + firstLine(e));
    }
  }

  /**
   * No row is read by it, so what Spark says quotes the statement and names of the catalog only.
   */
  private LogicalPlan analyse(LogicalPlan parsed) {
    try {
      return session.sessionState().executePlan(parsed, mode()).analyzed();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // AnalysisException, which Scala does not declare
      throw QueryRefused.because("The statement does not fit the tables: " + firstLine(e));
    }
  }

  private static scala.Enumeration.Value mode() {
    return org.apache.spark.sql.execution.CommandExecutionMode.SKIP();
  }

  private static void checkParsed(LogicalPlan node) {
    String kind = kind(node);
    if (!AllowedPlans.PARSED.contains(kind)) {
      throw QueryRefused.because("The statement has a part that is not allowed: " + kind);
    }
    if (node instanceof UnresolvedRelation relation) {
      checkName(asJava(relation.multipartIdentifier()));
      checkOptions(relation.options());
    }
  }

  /** Options lead to other snapshots and branches than the published one. */
  private static void checkOptions(CaseInsensitiveStringMap options) {
    if (!options.isEmpty()) {
      throw QueryRefused.because("Options of a table (WITH) are not open to queries");
    }
  }

  /** One part may be a common table expression; what it is shows after analysis. */
  private static void checkName(List<String> parts) {
    int length = parts.size();
    boolean fits =
        length == 1
            || (length == 2 && isTable(parts.get(0), parts.get(1)))
            || (length == 3 && parts.get(0).equals("lake") && isTable(parts.get(1), parts.get(2)));
    if (!fits) {
      throw QueryRefused.because(
          "The table " + String.join(".", parts) + " is not open to queries");
    }
  }

  /** A table that is dropped would be reported as if it had never been. */
  private void checkThere(LogicalPlan node) {
    if (node instanceof UnresolvedRelation relation) {
      List<String> parts = asJava(relation.multipartIdentifier());
      if (parts.size() > 1) {
        reads
            .whyGone(String.join(".", parts.subList(parts.size() - 2, parts.size())))
            .ifPresent(
                why -> {
                  throw QueryRefused.gone(why);
                });
      }
    }
  }

  private static boolean isTable(String namespace, String table) {
    return NAMESPACE.matcher(namespace).matches() && NAME.matcher(table).matches();
  }

  private static void checkAnalysed(LogicalPlan node) {
    String kind = kind(node);
    if (!AllowedPlans.ANALYSED.contains(kind)) {
      throw QueryRefused.because("The statement has a part that is not allowed: " + kind);
    }
    if (node instanceof DataSourceV2Relation relation) {
      checkRelation(relation);
    }
  }

  private static void checkRelation(DataSourceV2Relation relation) {
    boolean fits =
        relation.catalog().isDefined()
            && relation.catalog().get().name().equals("lake")
            && relation.identifier().isDefined()
            && relation.identifier().get().namespace().length == 1
            && isTable(
                relation.identifier().get().namespace()[0], relation.identifier().get().name());
    if (!fits) {
      throw QueryRefused.because("The relation " + relation.name() + " is not open to queries");
    }
    checkOptions(relation.options());
  }

  private static void checkExpression(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      checkFunction(asJava(function.nameParts()));
    }
    if (expression instanceof UnresolvedGenerator generator) {
      checkFunction(asJava(generator.name().nameParts()));
    }
    if (expression instanceof ExpressionWithUnresolvedIdentifier) {
      throw QueryRefused.because("A name that is computed (IDENTIFIER) is not open to queries");
    }
    if (expression instanceof CallMethodViaReflection
        || expression instanceof ScalaUDF
        || expression instanceof UserDefinedExpression) {
      throw QueryRefused.because("Code of others is not open to queries");
    }
  }

  private static void checkFunction(List<String> name) {
    if (name.size() != 1
        || !AllowedPlans.FUNCTIONS.contains(name.get(0).toLowerCase(Locale.ROOT))) {
      throw QueryRefused.because(
          "The function " + String.join(".", name) + " is not open to queries");
    }
  }

  /** What needs no argument may stand without being called, as {@code current_user} does. */
  private static void checkLeaf(Expression expression) {
    if (expression instanceof LeafExpression && !AllowedPlans.LEAVES.contains(kind(expression))) {
      throw QueryRefused.because(
          "The function " + expression.prettyName() + " is not open to queries");
    }
  }

  private static String kind(TreeNode<?> part) {
    return part.getClass().getSimpleName().replace("$", "");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().split("\n", 2)[0].replaceFirst("[ .]+$", "");
  }
}
