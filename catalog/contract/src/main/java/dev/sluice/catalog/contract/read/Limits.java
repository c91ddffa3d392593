package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

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
            section.scalars("allowed").stream().map(Yaml.Scalar::text).toList());
    boolean text = type == Simple.STRING;
    boolean number =
        type instanceof ColumnType.Decimal
            || type == Simple.INT
            || type == Simple.BIGINT
            || type == Simple.FLOAT
            || type == Simple.DOUBLE;
    for (String key : List.of("pattern", "minLength", "maxLength")) {
      if (section.has(key) && !text) {
        section.fault(key, "'" + key + "' is for strings; this is " + type.ddl());
      }
    }
    for (String key : List.of("minimum", "maximum")) {
      if (section.has(key) && !number) {
        section.fault(key, "'" + key + "' is for numbers; this is " + type.ddl());
      }
    }
    if (section.has("allowed") && !(text || type == Simple.INT || type == Simple.BIGINT)) {
      section.fault("allowed", "'allowed' is for strings and whole numbers; this is " + type.ddl());
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
    List<String> values =
        column.sections("enum").stream()
            .flatMap(
                e -> {
                  Optional<Yaml> value = e.must("value", e.value("value"));
                  e.known("id", "label", "description");
                  e.done();
                  return value.stream();
                })
            .flatMap(v -> v instanceof Yaml.Scalar s ? Stream.of(s.text()) : Stream.<String>empty())
            .toList();
    return new Limits(
        options.pattern,
        options.minimum,
        options.maximum,
        options.minLength,
        options.maxLength,
        values);
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
