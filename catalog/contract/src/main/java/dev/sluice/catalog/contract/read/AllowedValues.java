package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The only values of a field, as a contract lists them: texts, numbers in whatever way they are
 * written, dates, truths. For other types equal values have several texts, so they have no such
 * list.
 */
final class AllowedValues {
  private AllowedValues() {}

  /** Those of {@code allowed}. */
  static List<String> listed(Section source, ColumnType type) {
    if (source.has("allowed")) {
      refuseOther(source, "allowed", type);
    }
    return source.scalars("allowed").stream()
        .map(value -> text(source, "allowed", value, type))
        .toList();
  }

  /** Those of ODCS's {@code enum}. */
  static List<String> ofEnum(Section column, ColumnType type) {
    if (column.has("enum")) {
      refuseOther(column, "enum", type);
    }
    return column.sections("enum").stream()
        .flatMap(
            entry -> {
              Optional<Yaml> value = entry.must("value", entry.value("value"));
              entry.known("id", "label", "description");
              entry.done();
              return value.stream()
                  .flatMap(v -> v instanceof Yaml.Scalar s ? Stream.of(s) : Stream.empty())
                  .map(scalar -> text(entry, "value", scalar, type));
            })
        .toList();
  }

  static boolean isNumber(ColumnType type) {
    return type instanceof ColumnType.Decimal
        || type == Simple.INT
        || type == Simple.BIGINT
        || type == Simple.FLOAT
        || type == Simple.DOUBLE;
  }

  private static void refuseOther(Section section, String key, ColumnType type) {
    if (!isNumber(type) && type != Simple.STRING && type != Simple.DATE && type != Simple.BOOLEAN) {
      section.fault(
          key, "'" + key + "' is for strings, numbers, dates and booleans; this is " + type.ddl());
    }
  }

  private static String text(Section section, String key, Yaml.Scalar value, ColumnType type) {
    if (isNumber(type) && Section.numberOf(value.text()).isEmpty()) {
      section.fault(key, "'" + value.text() + "' is no plain number; this is " + type.ddl());
    }
    return value.text();
  }
}
