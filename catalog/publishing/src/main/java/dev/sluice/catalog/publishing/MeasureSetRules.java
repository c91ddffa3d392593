package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.run.RuleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Measures set rules on the tables as they would be after publishing. A rule whose query gives no
 * number, or fails on the values it meets, does not hold, whatever it compares with.
 */
public final class MeasureSetRules {
  private static final String OBJECT = "{object}";

  private MeasureSetRules() {}

  /**
   * All results, in the order of the rules.
   *
   * @param object contract name of the table under test; {@code {object}} in the queries
   * @param views by contract name: the audit branch of the object, the mains of all others
   * @throws IllegalStateException when a rule gives something else than a number
   */
  public static List<RuleResult> on(
      Lake lake, List<SetRule> rules, String object, Map<String, Dataset<Row>> views) {
    Optional<Row> together =
        rules.size() < 2 ? Optional.empty() : together(lake, rules, object, views);
    List<RuleResult> results = new ArrayList<>();
    for (SetRule rule : rules) {
      int place = results.size();
      results.add(
          together
              .map(row -> result(rule, number(rule, row.get(place))))
              .orElseGet(() -> alone(lake, rule, object, views)));
    }
    return results;
  }

  /** The result of a rule that measured this; NaN for no number. */
  public static RuleResult result(SetRule rule, double measured) {
    return new RuleResult(
        rule.id(),
        measured,
        rule.mustBe().text(),
        !Double.isNaN(measured) && rule.mustBe().holds(measured),
        rule.severity() == SetRule.Severity.BLOCK);
  }

  /**
   * The numbers of all rules in one row, by one statement: planned once, computed side by side.
   * Empty when one of the queries does not stand as a part of another, because it fails or gives
   * several rows; alone it tells what is wrong with it.
   */
  private static Optional<Row> together(
      Lake lake, List<SetRule> rules, String object, Map<String, Dataset<Row>> views) {
    // a query may end in a comment
    String sql =
        rules.stream()
            .map(rule -> "(\n" + query(rule, object) + "\n)")
            .collect(Collectors.joining(", ", "SELECT ", ""));
    try {
      return Optional.of(rows(lake, views, sql).takeAsList(1).get(0));
    } catch (Exception e) {
      // Spark throws its checked AnalysisException through Scala code that does not declare it.
      if (!(e instanceof AnalysisException)
          && !(e instanceof SparkRuntimeException)
          && FailedOnValues.condition(e).isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static RuleResult alone(
      Lake lake, SetRule rule, String object, Map<String, Dataset<Row>> views) {
    try {
      List<Row> rows = rows(lake, views, query(rule, object)).takeAsList(2);
      return result(rule, rows.size() == 1 ? number(rule, rows.get(0).get(0)) : Double.NaN);
    } catch (Exception e) {
      // Spark throws its checked SparkException through Scala code that does not declare it.
      Optional<String> condition = FailedOnValues.condition(e);
      if (condition.isEmpty()) {
        throw e;
      }
      return withoutNumber(rule, condition.get());
    }
  }

  private static RuleResult withoutNumber(SetRule rule, String condition) {
    RuleResult none = result(rule, Double.NaN);
    return new RuleResult(
        none.rule(),
        none.measured(),
        none.expected() + "; it gave no number (" + condition + ")",
        none.held(),
        none.blocks());
  }

  private static Dataset<Row> rows(Lake lake, Map<String, Dataset<Row>> views, String sql) {
    return BudgetedMatches.in(ContractSql.query(lake, views, sql, Map.of()));
  }

  static String query(SetRule rule, String object) {
    return rule.query().replace(OBJECT, ContractSql.quoted(object));
  }

  private static double number(SetRule rule, @Nullable Object value) {
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalStateException(
        "Expected set rule "
            + rule.id()
            + " to give a number; its first column is "
            + value.getClass().getSimpleName()
            + ". Correct the rule's query in the contract");
  }
}
