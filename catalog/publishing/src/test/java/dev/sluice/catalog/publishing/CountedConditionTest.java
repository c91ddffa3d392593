package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedConditionTest {
  private final Lake lake = SharedLake.lake();
  private final Dataset<Row> rows = lake.spark().range(10).selectExpr("id AS n", "'x' AS name");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM {object} WHERE n >= 7",
        "SELECT count(1) AS late FROM {object} WHERE readings.n >= 7 -- the last",
        "SELECT count_if(n >= 7) FROM {object}",
        "SELECT COUNT_IF(`n` >= 5) FROM {object} WHERE name RLIKE '^x$' AND n > 6",
        "SELECT count_if(n IN (7, 8, 9, null)) FROM {object}"
      })
  void aCountOfRowsByThemselvesIsTheSumOfItsParts(String query) {
    Column condition = condition(query).orElseThrow();

    assertThat(rows.as("readings").where(condition).count()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(DISTINCT name) FROM {object}",
        "SELECT count(name) FROM {object}",
        "SELECT count(*) - 1 FROM {object}",
        "SELECT max(n) FROM {object} WHERE n > 99",
        "SELECT count(*) FROM {object} HAVING count(*) > 3",
        "SELECT count(*) FROM {object} GROUP BY name",
        "SELECT count(*) FROM {object} LIMIT 1",
        "SELECT count(*) FROM (SELECT 1 AS one FROM {object} GROUP BY n HAVING count(*) > 1)",
        "SELECT count(*) FROM {object} AS a JOIN {object} AS b ON a.n = b.n",
        "SELECT count(*) FROM places WHERE id > 1",
        "SELECT count(*) FROM {object} WHERE n > (SELECT avg(id) FROM range(3))",
        "SELECT count(*) FROM {object} WHERE n IN (SELECT id FROM range(3))",
        "SELECT count_if(n > 1) FILTER (WHERE n > 2) FROM {object}",
        "SELECT count(*) FROM {object} WHERE n > rand()",
        "SELECT count(*) FROM {object} WHERE n > unix_timestamp()",
        "SELECT count(*) FROM {object} WHERE current_date() > DATE '2020-01-01'",
        "SELECT count_if(sum(n) > 1) FROM {object}",
        "SELECT count_if(row_number() OVER (ORDER BY n) > 3) FROM {object}",
        "SELECT count_if(explode(array(true, false))) FROM {object}",
        "SELECT count_if(n) FROM {object}",
        "SELECT count(*) FROM {object} WHERE nobody > 3",
        "SELECT count(*) FROM {object} WHERE",
        "SELECT count(*), 1 FROM {object}"
      })
  void whateverLooksAtMoreThanARowIsNone(String query) {
    assertThat(condition(query)).isEmpty();
  }

  @Test
  void allRowsAreCountedByNoCondition() {
    assertThat(isEveryRow("SELECT count(*) FROM {object}")).isTrue();
    assertThat(isEveryRow("SELECT count(*) FROM {object} WHERE n > 0")).isFalse();
    assertThat(isEveryRow("SELECT count_if(n > 0) FROM {object}")).isFalse();
    assertThat(isEveryRow("SELECT count(*) FROM places")).isFalse();
  }

  private boolean isEveryRow(String query) {
    return CountedCondition.isEveryRow(rule(query), rows, "readings");
  }

  private Optional<Column> condition(String query) {
    return CountedCondition.of(rule(query), rows, "readings");
  }

  private static SetRule rule(String query) {
    return new SetRule("r", SetRule.Severity.BLOCK, query, new Comparison.EqualTo(0), "");
  }
}
