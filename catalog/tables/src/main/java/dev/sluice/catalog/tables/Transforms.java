package dev.sluice.catalog.tables;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;

/**
 * Reads partitioning and sorting as contracts write them: {@code days(detected_at)}, {@code
 * bucket(16, id)}, {@code truncate(8, item)}, {@code item}; {@code detected_at desc}.
 */
final class Transforms {
  private static final Pattern CALL =
      Pattern.compile("([a-z]+)\\s*\\(\\s*(?:([0-9]{1,9})\\s*,\\s*)?([A-Za-z0-9_.]+)\\s*\\)");
  private static final Pattern SORTED =
      Pattern.compile("([A-Za-z0-9_.]+)(?:\\s+(asc|desc))?", Pattern.CASE_INSENSITIVE);
  private final Schema schema;

  Transforms(Schema schema) {
    this.schema = schema;
  }

  PartitionSpec partitioning(List<String> transforms) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    transforms.forEach(text -> add(spec, text.strip()));
    return spec.build();
  }

  SortOrder sorting(List<String> columns) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    for (String text : columns) {
      Matcher sorted = SORTED.matcher(text.strip());
      if (!sorted.matches()) {
        throw unknown("A sorting is 'column', 'column asc' or 'column desc'", text);
      }
      if ("desc".equalsIgnoreCase(sorted.group(2))) {
        order.desc(column(sorted.group(1)));
      } else {
        order.asc(column(sorted.group(1)));
      }
    }
    return order.build();
  }

  private void add(PartitionSpec.Builder spec, String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      spec.identity(column(text));
      return;
    }
    String name = call.group(1).toLowerCase(Locale.ROOT);
    String column = column(call.group(3));
    boolean numbered = call.group(2) != null;
    if (numbered != (name.equals("bucket") || name.equals("truncate"))) {
      throw unknown("bucket(n, column) and truncate(n, column) take a number, others none", text);
    }
    switch (name) {
      case "identity" -> spec.identity(column);
      case "year", "years" -> spec.year(column);
      case "month", "months" -> spec.month(column);
      case "day", "days" -> spec.day(column);
      case "hour", "hours" -> spec.hour(column);
      case "bucket" -> spec.bucket(column, Integer.parseInt(call.group(2)));
      case "truncate" -> spec.truncate(column, Integer.parseInt(call.group(2)));
      default ->
          throw unknown("Known are identity, years, months, days, hours, bucket, truncate", text);
    }
  }

  private String column(String name) {
    if (schema.findField(name) == null) {
      throw unknown("Expected one of the table's columns", name);
    }
    return name;
  }

  private static IllegalArgumentException unknown(String expected, String came) {
    return new IllegalArgumentException(expected + "; got '" + came + "'");
  }
}
