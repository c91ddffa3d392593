package dev.sluice.catalog.publishing;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.StringRegexExpression;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Gives the matches in contracts' SQL (RLIKE and its other names, and LIKE with several gaps, with
 * a pattern that stands there) a budget. Spark's own may backtrack for ever on one hostile text, or
 * run out of stack, which ends the process.
 */
public final class BudgetedMatches {
  /** A {@code %} with text on both sides. */
  private static final Pattern INNER = Pattern.compile("[^%]%+[^%]");

  private BudgetedMatches() {}

  /** The same rows; what is not decided in time fails on its row with {@link UndecidedMatch}. */
  public static Dataset<Row> in(Dataset<Row> rows) {
    LogicalPlan plan = PlanParts.analysed(rows);
    boolean none =
        PlanParts.nodes(plan).flatMap(PlanParts::expressions).noneMatch(BudgetedMatches::isMatch);
    return none
        ? rows
        : org.apache.spark.sql.classic.Dataset.ofRows(
            (SparkSession) rows.sparkSession(),
            (LogicalPlan) plan.transformAllExpressionsWithSubqueries(new ToBudgeted()));
  }

  private static boolean isMatch(Expression expression) {
    return expression instanceof StringRegexExpression match
        && match.right() instanceof Literal literal
        && literal.value() instanceof UTF8String pattern
        && (match instanceof RLike || match instanceof Like && backtracks(pattern.toString()));
  }

  /** Whether {@code %} stands between texts and elsewhere too; Spark has something better else. */
  private static boolean backtracks(String like) {
    int first = like.indexOf('%');
    return first != like.lastIndexOf('%') && INNER.matcher(like).find();
  }

  private static BudgetedPattern pattern(StringRegexExpression match) {
    String text = ((Literal) match.right()).value().toString();
    Pattern ofSpark = match.compile(text);
    return new BudgetedPattern(
        match instanceof RLike
            ? ofSpark
            : Pattern.compile("\\A(?:" + ofSpark.pattern() + ")\\z", ofSpark.flags()));
  }

  private static final class ToBudgeted extends AbstractPartialFunction<Expression, Expression> {
    @Override
    public boolean isDefinedAt(Expression expression) {
      return isMatch(expression);
    }

    @Override
    public Expression apply(Expression expression) {
      StringRegexExpression match = (StringRegexExpression) expression;
      try {
        return new Invoke(
            new Literal(pattern(match), new ObjectType(BudgetedPattern.class)),
            "isFoundIn",
            DataTypes.BooleanType,
            CollectionConverters.asScala(List.of((Expression) match.left())).toSeq(),
            CollectionConverters.asScala(List.<AbstractDataType>of()).toSeq(),
            true,
            false,
            true);
      } catch (PatternSyntaxException e) {
        return match; // Spark says what is wrong with it
      }
    }
  }
}
