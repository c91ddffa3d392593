package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.PartitionTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

  /** What lint lets pass can be made, and what it refuses cannot. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "years(c)",
        "months(c)",
        "days(c)",
        "hours(c)",
        "bucket(4, c)",
        "truncate(4, c)",
        "identity(c)",
        "c"
      })
  void contractsKnowWhichTypesATransformTakes(String text) {
    PartitionTransform transform = PartitionTransform.parse(text).orElseThrow();
    List<ColumnType> types = new ArrayList<>(List.of(ColumnType.Simple.values()));
    types.add(new ColumnType.Decimal(9, 2));
    types.add(new ColumnType.Array(ColumnType.Simple.INT));
    types.add(
        new ColumnType.Struct(
            List.of(new ColumnType.Field("part", ColumnType.Simple.STRING, false))));

    for (ColumnType type : types) {
      Schema schema = new Schema(new ColumnIds().field("c", type, false, Optional.empty()));
      ThrowingCallable made =
          () ->
              assertThat(new Transforms(schema).partitioning(List.of(text)).fields().get(0).name())
                  .isEqualTo(transform.field());
      if (transform.takes(type)) {
        assertThatCode(made).as(type.ddl()).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(made).as(type.ddl()).isInstanceOf(RuntimeException.class);
      }
    }
  }
}
