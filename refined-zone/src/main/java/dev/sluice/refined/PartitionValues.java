package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.Product;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import org.apache.spark.sql.Column;

/**
 * The values of a product's partition column, as canonical text and back. Two values are equal if
 * and only if their texts are.
 *
 * <p>Text of null is {@code ~}; a string that begins with {@code ~} has one more in front. Dates
 * are {@code 2026-01-31}, timestamps {@code 2026-01-31T10:00:00.000000Z} (in UTC, always six
 * digits), those without zone the same without {@code Z}, numbers plain decimal. Sessions run in
 * zone UTC.
 *
 * @param column name of the partition column
 * @param type its type
 */
public record PartitionValues(String column, ColumnType type) {
  /** Canonical text of a missing value. */
  public static final String NULL = "~";

  private static final String SECONDS = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(SECONDS, Locale.ROOT);

  public PartitionValues {
    if (!supported(type)) {
      throw new IllegalArgumentException(
          "Column "
              + column
              + " cannot partition a product: expected a date, timestamp, string, boolean, int,"
              + " bigint or decimal; got "
              + type.ddl());
    }
  }

  /** Of the column that the product's contract names. */
  public static PartitionValues of(Product product) {
    return product.columns().stream()
        .filter(c -> c.name().equals(product.partition()))
        .findFirst()
        .map(c -> new PartitionValues(c.name(), c.type()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Product "
                        + product.name()
                        + " is partitioned by "
                        + product.partition()
                        + ", which is none of its columns; correct the contract"));
  }

  /** The canonical text of a value of this type, computed by Spark; never null. */
  public Column text(Column value) {
    Column text = value.cast("string");
    if (type == ColumnType.Simple.STRING) {
      text = when(value.startsWith(NULL), concat(lit(NULL), value)).otherwise(value);
    } else if (type == ColumnType.Simple.TIMESTAMP) {
      text = date_format(value, SECONDS + "'Z'");
    } else if (type == ColumnType.Simple.TIMESTAMP_NTZ) {
      text = date_format(value, SECONDS);
    }
    return when(value.isNull(), lit(NULL)).otherwise(text);
  }

  /**
   * The canonical text of a point in time, for columns of dates and times.
   *
   * @throws IllegalStateException for other columns
   */
  public String text(Instant time) {
    LocalDateTime at = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    if (type == ColumnType.Simple.DATE) {
      return at.toLocalDate().toString();
    }
    if (type == ColumnType.Simple.TIMESTAMP) {
      return TIME.format(at) + "Z";
    }
    if (type == ColumnType.Simple.TIMESTAMP_NTZ) {
      return TIME.format(at);
    }
    throw new IllegalStateException("Column " + column + " is no date or time");
  }

  /**
   * The value of a canonical text as a typed literal.
   *
   * @throws IllegalArgumentException when the text is none of this type
   */
  public Column literal(String text) {
    if (text.equals(NULL)) {
      return lit(null).cast(type.ddl());
    }
    try {
      return lit(value(text)).cast(type.ddl());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Expected the canonical text of a " + type.ddl() + " for column " + column, e);
    }
  }

  /**
   * Whether a value is one of these; true or false, never null, also for a missing value. Usable as
   * the condition of an overwrite.
   */
  public Column isOneOf(Column value, Collection<String> texts) {
    Object[] present =
        texts.stream().filter(t -> !t.equals(NULL)).map(this::literal).toArray(Object[]::new);
    Column found = present.length == 0 ? lit(false) : value.isNotNull().and(value.isin(present));
    return texts.contains(NULL) ? value.isNull().or(found) : found;
  }

  /** {@link #isOneOf(Column, Collection)} on the partition column itself. */
  public Column isOneOf(Collection<String> texts) {
    return isOneOf(col("`" + column + "`"), texts);
  }

  /**
   * The value of a canonical text other than {@link #NULL}'s: a LocalDate, Instant, LocalDateTime,
   * String, Boolean, Integer, Long or BigDecimal, as the type says.
   */
  public Object value(String text) {
    if (type instanceof ColumnType.Decimal) {
      return new BigDecimal(text);
    }
    return switch ((ColumnType.Simple) type) {
      case BOOLEAN -> bool(text);
      case INT -> Integer.valueOf(text);
      case BIGINT -> Long.valueOf(text);
      case STRING -> text.startsWith(NULL) ? text.substring(NULL.length()) : text;
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> Instant.parse(text);
      case TIMESTAMP_NTZ -> LocalDateTime.parse(text);
      case FLOAT, DOUBLE, BINARY -> throw new IllegalStateException(type.ddl());
    };
  }

  private static Boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return Boolean.valueOf(text);
  }

  private static boolean supported(ColumnType type) {
    if (type instanceof ColumnType.Simple simple) {
      return switch (simple) {
        case BOOLEAN, INT, BIGINT, STRING, DATE, TIMESTAMP, TIMESTAMP_NTZ -> true;
        case FLOAT, DOUBLE, BINARY -> false;
      };
    }
    return type instanceof ColumnType.Decimal;
  }
}
