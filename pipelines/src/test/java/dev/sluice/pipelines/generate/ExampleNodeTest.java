package dev.sluice.pipelines.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import dev.sluice.pipelines.runner.WrongUsage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleNodeTest {
  @ParameterizedTest
  @CsvSource({
    "STRING, ISO_8601, 12, '\"12\"'",
    "BOOLEAN, ISO_8601, true, true",
    "INT, ISO_8601, 12, 12",
    "DOUBLE, ISO_8601, -0.5, -0.5",
    "DATE, ISO_8601, 2026-01-31, '\"2026-01-31\"'",
    "BINARY, ISO_8601, YWI=, '\"YWI=\"'",
    "TIMESTAMP, ISO_8601, 2026-01-31T10:00:00Z, '\"2026-01-31T10:00:00Z\"'",
    "TIMESTAMP, EPOCH_SECONDS, 1970-01-01T00:01:00Z, 60",
    "TIMESTAMP, EPOCH_MILLIS, 60000, 60000",
    "TIMESTAMP_NTZ, ISO_8601, 2026-01-31T10:00:00, '\"2026-01-31T10:00:00\"'",
    "TIMESTAMP_NTZ, EPOCH_MILLIS, 1970-01-01T00:01:00, 60000"
  })
  void anExampleIsWrittenAsItsType(Simple type, TimeFormat format, String example, String json) {
    assertThat(ExampleNode.of(field(type, format), example)).hasToString(json);
  }

  @ParameterizedTest
  @CsvSource({"BOOLEAN, yes", "BIGINT, many", "FLOAT, NaN"})
  void anExampleThatIsNoSuchValueIsNamedWithItsField(Simple type, String example) {
    assertThatThrownBy(() -> ExampleNode.of(field(type, TimeFormat.ISO_8601), example))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining(example)
        .hasMessageContaining("of field seen")
        .hasMessageContaining(type.ddl());
  }

  private static SourceField field(Simple type, TimeFormat format) {
    return new SourceField(
        "seen",
        type,
        format,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
