package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import dev.sluice.pipelines.runner.WrongUsage;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** An example of a contract as a message writes it: by the type that the message has there. */
final class ExampleNode {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ExampleNode() {}

  /**
   * The value.
   *
   * @throws WrongUsage when the example is no value of the field's type
   */
  static JsonNode of(SourceField field, String example) {
    return switch ((ColumnType.Simple) field.type()) {
      case STRING, BINARY, DATE -> JSON.textNode(example);
      case BOOLEAN -> truth(field, example);
      case INT, BIGINT, FLOAT, DOUBLE -> number(field, example);
      case TIMESTAMP, TIMESTAMP_NTZ -> time(field, example);
    };
  }

  private static JsonNode truth(SourceField field, String example) {
    if (!example.equals("true") && !example.equals("false")) {
      throw wrong(field, example);
    }
    return JSON.booleanNode(example.equals("true"));
  }

  private static JsonNode number(SourceField field, String example) {
    try {
      return JSON.numberNode(new BigDecimal(example));
    } catch (NumberFormatException e) {
      throw wrong(field, example);
    }
  }

  /** An example tells the time itself, or already the number that stands in the message. */
  private static JsonNode time(SourceField field, String example) {
    if (field.timeFormat() == TimeFormat.ISO_8601) {
      return JSON.textNode(example);
    }
    try {
      return MakeValue.time(field.timeFormat(), instant(field, example));
    } catch (DateTimeException e) {
      return number(field, example);
    }
  }

  private static Instant instant(SourceField field, String example) {
    return field.type() == ColumnType.Simple.TIMESTAMP
        ? OffsetDateTime.parse(example).toInstant()
        : LocalDateTime.parse(example).toInstant(ZoneOffset.UTC);
  }

  private static WrongUsage wrong(SourceField field, String example) {
    return new WrongUsage(
        "The contract's example '"
            + example
            + "' of field "
            + field.name()
            + " is no "
            + field.type().ddl()
            + "; correct the contract's examples");
  }
}
