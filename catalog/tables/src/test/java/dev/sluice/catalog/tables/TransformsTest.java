package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformsTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "at", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "item", Types.StringType.get()));
  private final Transforms transforms = new Transforms(SCHEMA);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "days(at) | day",
        "day( at ) | day",
        "hours(at) | hour",
        "months(at) | month",
        "years(at) | year",
        "item | identity",
        "identity(item) | identity",
        "bucket(16, item) | bucket[16]",
        "truncate(3,item) | truncate[3]"
      })
  void areReadAsContractsWriteThem(String text, String transform) {
    assertThat(transforms.partitioning(List.of(text)).fields().get(0).transform())
        .hasToString(transform);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "weeks(at)",
        "days(other)",
        "bucket(item)",
        "days(3, at)",
        "days(at",
        "other",
        "item); DROP TABLE x",
        "bucket(99999999999, item)"
      })
  void othersAreNamedInTheError(String text) {
    assertThatThrownBy(() -> transforms.partitioning(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got '");
  }
}
