package dev.sluice.refined;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionValuesTest {

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(Simple.DATE, "date'2026-02-28'", "2026-02-28"),
        Arguments.of(Simple.DATE, "date'0001-01-01'", "0001-01-01"),
        Arguments.of(
            Simple.TIMESTAMP,
            "timestamp'2026-02-28 23:59:59.000001Z'",
            "2026-02-28T23:59:59.000001Z"),
        Arguments.of(
            Simple.TIMESTAMP, "timestamp'1901-02-28 00:00:00Z'", "1901-02-28T00:00:00.000000Z"),
        Arguments.of(
            Simple.TIMESTAMP_NTZ,
            "timestamp_ntz'2026-02-28 01:02:03'",
            "2026-02-28T01:02:03.000000"),
        Arguments.of(Simple.STRING, "'plain'", "plain"),
        Arguments.of(Simple.STRING, "''", ""),
        Arguments.of(Simple.STRING, "'~'", "~~"),
        Arguments.of(Simple.STRING, "'~~x'", "~~~x"),
        Arguments.of(Simple.STRING, "'null'", "null"),
        Arguments.of(Simple.STRING, "'it''s/ü=1'", "it's/ü=1"),
        Arguments.of(Simple.BOOLEAN, "true", "true"),
        Arguments.of(Simple.INT, "-7", "-7"),
        Arguments.of(Simple.BIGINT, "9223372036854775807L", "9223372036854775807"),
        Arguments.of(new ColumnType.Decimal(20, 3), "cast(1.5 as decimal(20,3))", "1.500"),
        Arguments.of(Simple.DATE, "cast(null as date)", "~"),
        Arguments.of(Simple.STRING, "cast(null as string)", "~"));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @MethodSource("values")
  void aValueBecomesTextAndComesBack(ColumnType type, String sql, String text) {
    PartitionValues values = new PartitionValues("p", type);
    Column value = org.apache.spark.sql.functions.expr(sql);

    Row row =
        one(
            values.text(value),
            values.literal(text).eqNullSafe(value),
            values.isOneOf(value, List.of(text)),
            values.isOneOf(value, List.of("~".equals(text) ? other(type) : "~")));

    assertThat(row.getString(0)).isEqualTo(text);
    assertThat(row.getBoolean(1)).as("literal equals the value").isTrue();
    assertThat(row.getBoolean(2)).as("is one of itself").isTrue();
    assertThat(row.getBoolean(3)).as("is one of another").isFalse();
  }

  @Test
  void nothingIsOneOfNone() {
    PartitionValues values = new PartitionValues("p", Simple.DATE);

    assertThat(one(values.isOneOf(lit(null).cast("date"), List.of())).getBoolean(0)).isFalse();
  }

  @Test
  void aTextOfAnotherTypeIsRefused() {
    assertThatThrownBy(() -> new PartitionValues("p", Simple.DATE).literal("2026-02-30"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("date");
    assertThatThrownBy(() -> new PartitionValues("p", Simple.BOOLEAN).literal("yes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDoubleCannotPartition() {
    assertThatThrownBy(() -> new PartitionValues("p", Simple.DOUBLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("double");
  }

  private static String other(ColumnType type) {
    return type == Simple.DATE ? "2026-01-01" : "x";
  }

  private static Row one(Column... columns) {
    return SharedLake.lake().spark().range(1).select(columns).first();
  }
}
