package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a clear value must hold. */
record Limits(
    Optional<String> pattern,
    Optional<BigDecimal> minimum,
    Optional<BigDecimal> maximum,
    Optional<Integer> minLength,
    Optional<Integer> maxLength,
    List<String> allowed) {

  static final Limits NONE =
      new Limits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** Limits from the keys of a section, checked against the type they are for. */
  static Limits read(Section section, ColumnType type) {
    Limits limits =
        new Limits(
            section.text("pattern").filter(p -> compiles(section, p)),
            section.number("minimum"),
            section.number("maximum"),
            section.whole("minLength", 0, Integer.MAX_VALUE),
            section.whole("maxLength", 0, Integer.MAX_VALUE),
            AllowedValues.listed(section, type));
    for (String key : List.of("pattern", "minLength", "maxLength")) {
      if (section.has(key) && type != Simple.STRING) {
        section.fault(key, "'" + key + "' is for strings; this is " + type.ddl());
      }
    }
    for (String key : List.of("minimum", "maximum")) {
      if (section.has(key) && !AllowedValues.isNumber(type)) {
        section.fault(key, "'" + key + "' is for numbers; this is " + type.ddl());
      }
    }
    limits.refuseEmptyRanges(section);
    return limits;
  }

  private void refuseEmptyRanges(Section section) {
    if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
      section.fault("minimum", "nothing lies between minimum and maximum");
    }
    if (minLength.isPresent() && maxLength.isPresent() && minLength.get() > maxLength.get()) {
      section.fault("minLength", "nothing lies between minLength and maxLength");
    }
  }

  /** Limits that ODCS itself has words for. */
  static Limits ofOdcs(Section column, ColumnType type) {
    Limits options =
        column
            .section("logicalTypeOptions")
            .map(
                o -> {
                  Limits read = read(o, type);
                  o.done();
                  return read;
                })
            .orElse(NONE);
    return new Limits(
        options.pattern,
        options.minimum,
        options.maximum,
        options.minLength,
        options.maxLength,
        AllowedValues.ofEnum(column, type));
  }

  /** Both; a limit that both name is a fault. */
  Limits and(Limits other, Section column) {
    return new Limits(
        one("pattern", pattern, other.pattern, column),
        one("minimum", minimum, other.minimum, column),
        one("maximum", maximum, other.maximum, column),
        one("minLength", minLength, other.minLength, column),
        one("maxLength", maxLength, other.maxLength, column),
        one("allowed", nonEmpty(allowed), nonEmpty(other.allowed), column).orElse(List.of()));
  }

  private static Optional<List<String>> nonEmpty(List<String> values) {
    return Optional.of(values).filter(v -> !v.isEmpty());
  }

  private static <T> Optional<T> one(
      String key, Optional<T> one, Optional<T> other, Section column) {
    if (one.isPresent() && other.isPresent()) {
      column.fault("customProperties", "'" + key + "' is declared twice; delete one");
    }
    return one.or(() -> other);
  }

  private static boolean compiles(Section section, String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      section.fault("pattern", "this is no regular expression: " + e.getDescription());
      return false;
    }
  }
}
