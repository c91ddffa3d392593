package dev.sluice.refined.export;

import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import dev.sluice.refined.PartitionValues;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A condition of BigQuery's SQL on the partition column. Values are bound as one array parameter;
 * null, which {@code IN} never matches, has a term of its own.
 *
 * @param sql true or false for every row, never null
 */
record PartitionFilter(String sql, Map<String, QueryParameterValue> parameters) {
  private static final String PARAMETER = "partitions";
  private static final DateTimeFormatter DATETIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  PartitionFilter {
    parameters = Map.copyOf(parameters);
  }

  /** True for every row. */
  static PartitionFilter everything() {
    return new PartitionFilter("TRUE", Map.of());
  }

  /** True for the rows of which this one is not. */
  PartitionFilter not() {
    return new PartitionFilter("NOT (" + sql + ")", parameters);
  }

  /**
   * True for the rows of these partitions.
   *
   * @param no number of the filter among those of one statement or script
   */
  static PartitionFilter among(
      int no, Collection<String> texts, PartitionValues values, AllowedColumn partition) {
    String parameter = PARAMETER + no;
    String column = ExportTable.sql(partition.name());
    StandardSQLTypeName type = partition.field().getType().getStandardType();
    List<Object> present =
        texts.stream()
            .filter(text -> !text.equals(PartitionValues.NULL))
            .map(text -> parameter(values.value(text)))
            .toList();
    String isNull = texts.contains(PartitionValues.NULL) ? column + " IS NULL" : "FALSE";
    if (present.isEmpty()) {
      return new PartitionFilter("(" + isNull + ")", Map.of());
    }
    return new PartitionFilter(
        "("
            + isNull
            + " OR ("
            + column
            + " IS NOT NULL AND "
            + column
            + " IN UNNEST(@"
            + parameter
            + ")))",
        Map.of(parameter, QueryParameterValue.array(present.toArray(), type)));
  }

  private static Object parameter(Object value) {
    if (value instanceof Instant instant) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
    if (value instanceof LocalDateTime time) {
      return DATETIME.format(time);
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    return value instanceof Long || value instanceof Boolean || value instanceof BigDecimal
        ? value
        : value.toString();
  }
}
