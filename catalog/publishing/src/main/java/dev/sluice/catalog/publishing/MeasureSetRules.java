package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.run.RuleResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures set rules on the tables as they would be after publishing. A rule whose query gives no
 * number does not hold, whatever it compares with.
 */
public final class MeasureSetRules {
  private static final String OBJECT = "{object}";

  private MeasureSetRules() {}

  /**
   * All results, in the order of the rules.
   *
   * @param object contract name of the table under test; {@code {object}} in the queries
   * @param views by contract name: the audit branch of the object, the mains of all others
   */
  public static List<RuleResult> on(
      Lake lake, List<SetRule> rules, String object, Map<String, Dataset<Row>> views) {
    return rules.stream()
        .map(
            rule -> {
              double measured = measure(lake, rule, object, views);
              return new RuleResult(
                  rule.id(),
                  measured,
                  rule.mustBe().text(),
                  !Double.isNaN(measured) && rule.mustBe().holds(measured),
                  rule.severity() == SetRule.Severity.BLOCK);
            })
        .toList();
  }

  private static double measure(
      Lake lake, SetRule rule, String object, Map<String, Dataset<Row>> views) {
    String sql = rule.query().replace(OBJECT, ContractSql.quoted(object));
    List<Row> rows = ContractSql.query(lake, views, sql, Map.of()).takeAsList(2);
    if (rows.size() != 1 || rows.get(0).isNullAt(0)) {
      return Double.NaN;
    }
    Object value = rows.get(0).get(0);
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
