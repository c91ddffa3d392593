package dev.sluice.catalog.contract;

import dev.sluice.catalog.contract.ColumnType.Simple;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One transform of a partitioning, as contracts write it: {@code days(detected_at)}, {@code
 * bucket(16, id)}, {@code item}. What goes with what is Iceberg's table of transforms.
 *
 * @param width number of buckets or length that is kept; 0 for other kinds
 */
public record PartitionTransform(Kind kind, int width, String column) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(years|months|days|hours|identity)\\(([a-z][a-z0-9_]*)\\)"
              + "|(bucket|truncate)\\(([1-9][0-9]{0,6}), ?([a-z][a-z0-9_]*)\\)"
              + "|([a-z][a-z0-9_]*)");

  /** Iceberg's transforms. */
  public enum Kind {
    IDENTITY(""),
    YEARS("_year"),
    MONTHS("_month"),
    DAYS("_day"),
    HOURS("_hour"),
    BUCKET("_bucket"),
    TRUNCATE("_trunc");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    /** Whether it cuts time into pieces; Iceberg takes one such of a column. */
    public boolean isOfTime() {
      return this == YEARS || this == MONTHS || this == DAYS || this == HOURS;
    }
  }

  /** The transform of that text; empty when it is none. */
  public static Optional<PartitionTransform> parse(String text) {
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    if (found.group(1) != null) {
      return Optional.of(new PartitionTransform(kind(found.group(1)), 0, found.group(2)));
    }
    return Optional.of(
        found.group(3) != null
            ? new PartitionTransform(
                kind(found.group(3)), Integer.parseInt(found.group(4)), found.group(5))
            : new PartitionTransform(Kind.IDENTITY, 0, found.group(6)));
  }

  private static Kind kind(String name) {
    return Kind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** What Iceberg calls the partition field, in the table and in the names of directories. */
  public String field() {
    return column + kind.suffix;
  }

  /** Whether Iceberg makes it of a column of this type. */
  public boolean takes(ColumnType type) {
    if (type instanceof ColumnType.Decimal) {
      return !kind.isOfTime();
    }
    if (!(type instanceof Simple simple)) {
      return false;
    }
    return switch (kind) {
      case IDENTITY -> true;
      case YEARS, MONTHS, DAYS -> simple == Simple.DATE || isTimestamp(simple);
      case HOURS -> isTimestamp(simple);
      case BUCKET -> simple != Simple.BOOLEAN && simple != Simple.FLOAT && simple != Simple.DOUBLE;
      case TRUNCATE ->
          simple == Simple.INT
              || simple == Simple.BIGINT
              || simple == Simple.STRING
              || simple == Simple.BINARY;
    };
  }

  private static boolean isTimestamp(Simple type) {
    return type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ;
  }

  /** What it takes, for messages. */
  public String taken() {
    return switch (kind) {
      case IDENTITY -> "columns without parts";
      case YEARS, MONTHS, DAYS -> "date, timestamptz and timestamp_ntz";
      case HOURS -> "timestamptz and timestamp_ntz";
      case BUCKET -> "int, long, decimal, string, binary, date, timestamptz and timestamp_ntz";
      case TRUNCATE -> "int, long, decimal, string and binary";
    };
  }
}
