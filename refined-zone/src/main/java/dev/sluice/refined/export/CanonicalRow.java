package dev.sluice.refined.export;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * One text for the values of a row, the same in Spark and in BigQuery: each value with a mark for
 * null and its length, so that no two rows share a text by their borders. A list that is null and
 * an empty one are the same, because BigQuery keeps no difference. Floating numbers count by their
 * sixth decimal, and only below a trillion, since engines agree on no text for them.
 */
final class CanonicalRow {
  private static final UserDefinedFunction PLAIN =
      udf((UDF1<BigDecimal, String>) CanonicalRow::plain, DataTypes.StringType);

  private CanonicalRow() {}

  /** The text of a row in Spark; sessions run in zone UTC. */
  static Column spark(List<AllowedColumn> columns) {
    return concat(
        columns.stream()
            .map(c -> marked(new Column("`" + c.name() + "`"), c.iceberg().type()))
            .toArray(Column[]::new));
  }

  /** The text of a row in BigQuery's SQL. */
  static String sql(List<AllowedColumn> columns) {
    return columns.stream()
        .map(c -> marked(ExportTable.sql(c.name()), c.iceberg().type(), 0))
        .collect(Collectors.joining(", ", "CONCAT('', ", ")"));
  }

  private static Column marked(Column value, Type type) {
    Column text = text(value, type);
    Column present = concat(lit("+"), octet_length(text).cast("string"), lit(":"), text);
    return type.isListType() ? present : when(value.isNull(), lit("-")).otherwise(present);
  }

  private static String marked(String value, Type type, int depth) {
    String text = text(value, type, depth);
    String present = "CONCAT('+', CAST(BYTE_LENGTH(" + text + ") AS STRING), ':', " + text + ")";
    return type.isListType() ? present : "IF(" + value + " IS NULL, '-', " + present + ")";
  }

  private static Column text(Column value, Type type) {
    return switch (type.typeId()) {
      case STRING -> value;
      case BINARY, FIXED -> lower(hex(value));
      case DATE -> unix_date(value).cast("string");
      case TIMESTAMP -> unix_micros(value.cast("timestamp")).cast("string");
      case DECIMAL -> PLAIN.apply(value);
      case FLOAT, DOUBLE ->
          when(isnan(value), lit("NaN"))
              .when(
                  abs(value.cast("double")).lt(1e12),
                  floor(value.cast("double").multiply(1e6)).cast("string"))
              .otherwise(lit("big"));
      case LIST -> {
        Type element = type.asListType().elementType();
        Column list = coalesce(value, array().cast("array<" + sparkName(element) + ">"));
        yield concat(
            size(list).cast("string"),
            lit("["),
            array_join(transform(list, item -> marked(item, element)), ""),
            lit("]"));
      }
      case STRUCT ->
          concat(
              type.asStructType().fields().stream()
                  .map(part -> marked(value.getField(part.name()), part.type()))
                  .toArray(Column[]::new));
      default -> value.cast("string");
    };
  }

  private static String text(String value, Type type, int depth) {
    return switch (type.typeId()) {
      case STRING -> value;
      case BINARY, FIXED -> "TO_HEX(" + value + ")";
      case DATE -> "CAST(UNIX_DATE(" + value + ") AS STRING)";
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? "CAST(UNIX_MICROS(" + value + ") AS STRING)"
              : "CAST(UNIX_MICROS(TIMESTAMP(" + value + ")) AS STRING)";
      case DECIMAL ->
          "REGEXP_REPLACE(REGEXP_REPLACE(CAST("
              + value
              + " AS STRING), r'(\\.[0-9]*?)0+$', r'\\1'), r'\\.$', '')";
      case FLOAT, DOUBLE ->
          "CASE WHEN IS_NAN("
              + value
              + ") THEN 'NaN' WHEN ABS("
              + value
              + ") < 1e12 THEN CAST(CAST(FLOOR("
              + value
              + " * 1e6) AS INT64) AS STRING) ELSE 'big' END";
      case LIST -> {
        String item = "e" + depth;
        String place = "o" + depth;
        yield "(SELECT CONCAT(CAST(COUNT(*) AS STRING), '[', COALESCE(STRING_AGG("
            + marked(item, type.asListType().elementType(), depth + 1)
            + ", '' ORDER BY "
            + place
            + "), ''), ']') FROM UNNEST("
            + value
            + ") AS "
            + item
            + " WITH OFFSET AS "
            + place
            + ")";
      }
      case STRUCT ->
          type.asStructType().fields().stream()
              .map(part -> marked(value + "." + ExportTable.sql(part.name()), part.type(), depth))
              .collect(Collectors.joining(", ", "CONCAT('', ", ")"));
      default -> "CAST(" + value + " AS STRING)";
    };
  }

  private static String sparkName(Type type) {
    return org.apache.iceberg.spark.SparkSchemaUtil.convert(type).catalogString();
  }

  /** As BigQuery writes a number: no zeros at the end, no exponent. */
  static @Nullable String plain(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
