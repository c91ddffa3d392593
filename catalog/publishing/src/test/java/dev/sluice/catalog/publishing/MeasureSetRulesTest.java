package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.RuleResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MeasureSetRulesTest {
  private final Lake lake = SharedLake.lake();
  private final Map<String, Dataset<Row>> views =
      Map.of("readings", lake.spark().range(10).toDF("n"), "places", lake.spark().range(3).toDF());

  @Test
  void theObjectAndOtherTablesGoByTheirContractNames() {
    RuleResult result =
        measure(
            "SELECT count(*) - (SELECT count(*) FROM places) FROM {object}",
            new Comparison.EqualTo(7));

    assertThat(result).isEqualTo(new RuleResult("r", 7, "= 7", true, true));
  }

  @Test
  void aBreachIsMeasured() {
    RuleResult result = measure("SELECT max(n) FROM {object}", new Comparison.AtMost(5, false));

    assertThat(result.measured()).isEqualTo(9);
    assertThat(result.held()).isFalse();
  }

  @Test
  void aRuleThatMeasuresNothingDoesNotHoldWhateverItComparesWith() {
    RuleResult result =
        measure("SELECT max(n) FROM {object} WHERE n > 99", new Comparison.NotEqualTo(0));

    assertThat(result.measured()).isNaN();
    assertThat(result.held()).isFalse();
  }

  @Test
  void decimalsAreNumbersToo() {
    RuleResult result =
        measure("SELECT cast(sum(n) AS decimal(20,2)) FROM {object}", new Comparison.EqualTo(45));

    assertThat(result.held()).isTrue();
  }

  @Test
  void aRuleThatGivesNoNumberIsToldByItsName() {
    assertThatThrownBy(() -> measure("SELECT 'x' FROM {object} LIMIT 1", new Comparison.EqualTo(1)))
        .hasMessageContaining("set rule r");
  }

  @Test
  void namesAreGoneAfterwards() {
    measure("SELECT count(*) FROM {object}", new Comparison.EqualTo(10));

    assertThat(lake.spark().catalog().tableExists("readings")).isFalse();
  }

  @Test
  void eachOfSeveralRulesIsMeasuredAsIfItWereAlone() {
    List<SetRule> rules =
        List.of(
            rule("rows", "SELECT count(*) FROM {object} -- all", new Comparison.EqualTo(10)),
            rule("none", "SELECT max(n) FROM {object} WHERE n > 99", new Comparison.NotEqualTo(0)),
            rule("largest", "SELECT max(n) FROM {object}", new Comparison.EqualTo(9)));

    assertThat(MeasureSetRules.on(lake, rules, "readings", views))
        .extracting(RuleResult::rule, RuleResult::measured, RuleResult::held)
        .containsExactly(
            tuple("rows", 10.0, true),
            tuple("none", Double.NaN, false),
            tuple("largest", 9.0, true));
  }

  @Test
  void aRuleThatGivesSeveralRowsOrColumnsDoesNotSpoilTheOthers() {
    List<SetRule> rules =
        List.of(
            rule("rows", "SELECT count(*) FROM {object}", new Comparison.EqualTo(10)),
            rule("all", "SELECT n FROM {object}", new Comparison.AtMost(9, false)),
            rule("two", "SELECT min(n), max(n) FROM {object}", new Comparison.EqualTo(0)));

    assertThat(MeasureSetRules.on(lake, rules, "readings", views))
        .extracting(RuleResult::rule, RuleResult::held)
        .containsExactly(tuple("rows", true), tuple("all", false), tuple("two", true));
  }

  @Test
  void aRuleThatFailsOnTheValuesDoesNotHoldAndTellsWhy() {
    List<SetRule> rules =
        List.of(
            rule("rows", "SELECT count(*) FROM {object}", new Comparison.EqualTo(10)),
            rule(
                "share",
                "SELECT 1 / count(*) FROM {object} WHERE n > 99",
                new Comparison.NotEqualTo(0)),
            rule(
                "text",
                "SELECT count_if(cast(concat(n, 'x') AS int) = 5) FROM {object}",
                new Comparison.EqualTo(0)));

    assertThat(MeasureSetRules.on(lake, rules, "readings", views))
        .extracting(RuleResult::rule, RuleResult::expected, RuleResult::held)
        .containsExactly(
            tuple("rows", "= 10", true),
            tuple("share", "<> 0; it gave no number (DIVIDE_BY_ZERO)", false),
            tuple("text", "= 0; it gave no number (CAST_INVALID_INPUT)", false));
  }

  @Test
  void aMatchThatIsNotDecidedInTimeGivesNoNumber() {
    String hostile = "concat(repeat('a', 60), n)";
    List<SetRule> rules =
        List.of(
            rule("even", matching("n", "^[02468]$"), new Comparison.EqualTo(5)),
            rule("named", matching("concat('n', n)", "(?i)N.*7"), new Comparison.EqualTo(1)),
            rule("like", like("concat('na', n, '\n')", "n%a%7_"), new Comparison.EqualTo(1)),
            rule("gaps", like("repeat(n, 20000)", "%1%1%1%2"), new Comparison.EqualTo(0)),
            rule("endless", matching(hostile, "^(a|aa)+\\\\1b$"), new Comparison.EqualTo(0)),
            rule("deep", matching("repeat(n, 100000)", "^(1|2)*$"), new Comparison.EqualTo(2)));

    assertThat(MeasureSetRules.on(lake, rules, "readings", views))
        .extracting(RuleResult::rule, RuleResult::expected, RuleResult::held)
        .containsExactly(
            tuple("even", "= 5", true),
            tuple("named", "= 1", true),
            tuple("like", "= 1", true),
            tuple("gaps", "= 0; it gave no number (UNDECIDED_MATCH)", false),
            tuple("endless", "= 0; it gave no number (UNDECIDED_MATCH)", false),
            tuple("deep", "= 2; it gave no number (UNDECIDED_MATCH)", false));
  }

  private static String like(String text, String pattern) {
    return "SELECT count_if(" + text + " LIKE '" + pattern + "') FROM {object}";
  }

  private static String matching(String text, String pattern) {
    return "SELECT count_if(" + text + " RLIKE '" + pattern + "') FROM {object}";
  }

  @Test
  void whatDoesNotLieInTheValuesIsThrown() {
    assertThatThrownBy(
            () -> measure("SELECT count(missing) FROM {object}", new Comparison.EqualTo(0)))
        .isInstanceOf(AnalysisException.class);
    assertThat(FailedOnValues.condition(new IllegalStateException(new IOException("disk full"))))
        .isEmpty();
  }

  private static SetRule rule(String id, String query, Comparison mustBe) {
    return new SetRule(id, SetRule.Severity.BLOCK, query, mustBe, "");
  }

  private RuleResult measure(String query, Comparison mustBe) {
    return MeasureSetRules.on(lake, List.of(rule("r", query, mustBe)), "readings", views).get(0);
  }
}
