package dev.sluice.pipelines.services;

import dev.sluice.catalog.contract.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** How one column type of the contract is written in CSV and kept in Postgres. */
final class ReferenceValue {
  private final ColumnType type;

  /**
   * @throws IllegalArgumentException for a type that has no place in reference data
   */
  ReferenceValue(ColumnType type) {
    this.type = type;
    this.sqlType();
  }

  String sqlType() {
    if (type instanceof ColumnType.Decimal decimal) {
      return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    if (type instanceof ColumnType.Simple simple) {
      return switch (simple) {
        case BOOLEAN -> "boolean";
        case INT -> "integer";
        case BIGINT -> "bigint";
        case FLOAT -> "real";
        case DOUBLE -> "double precision";
        case STRING -> "text";
        case DATE -> "date";
        case TIMESTAMP -> "timestamp with time zone";
        case TIMESTAMP_NTZ -> "timestamp without time zone";
        case BINARY -> throw unsuitable();
      };
    }
    throw unsuitable();
  }

  /**
   * The value to bind.
   *
   * @throws IllegalArgumentException when the text is no such value; the message has no value
   */
  Object parse(String text) {
    try {
      return type instanceof ColumnType.Decimal decimal
          ? exact(text, decimal)
          : simple(text, (ColumnType.Simple) type);
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw wrong();
    }
  }

  private Object simple(String text, ColumnType.Simple simple) {
    return switch (simple) {
      case BOOLEAN -> truth(text);
      case INT -> Integer.parseInt(text);
      case BIGINT -> Long.parseLong(text);
      case FLOAT -> finite(Float.parseFloat(text));
      case DOUBLE -> finite(Double.parseDouble(text));
      case STRING -> withoutZero(text);
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
      case TIMESTAMP_NTZ -> LocalDateTime.parse(text);
      case BINARY -> throw unsuitable();
    };
  }

  private Boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong();
    };
  }

  private <N extends Number> N finite(N number) {
    if (!Double.isFinite(number.doubleValue())) {
      throw wrong();
    }
    return number;
  }

  private String withoutZero(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("has a zero character, which Postgres cannot keep");
    }
    return text;
  }

  private BigDecimal exact(String text, ColumnType.Decimal decimal) {
    if (!text.matches("[+-]?[0-9]{1,60}(\\.[0-9]{1,60})?")) {
      throw wrong();
    }
    BigDecimal number = new BigDecimal(text).setScale(decimal.scale());
    if (number.precision() > decimal.precision()) {
      throw wrong();
    }
    return number;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("is no " + type.ddl());
  }

  private IllegalArgumentException unsuitable() {
    return new IllegalArgumentException("type " + type.ddl() + " has no place in reference data");
  }
}
