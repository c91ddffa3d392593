package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DuplicateKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Compiles a library metric of ODCS into one Spark SELECT that gives one number. {@code
 * duplicateValues} counts the keys that stand more than once, not their rows.
 */
final class CompileMetric {
  private CompileMetric() {}

  static Optional<String> of(Section rule, Optional<String> column) {
    Optional<String> metric = rule.must("metric", rule.text("metric"));
    Optional<Section> arguments = rule.section("arguments");
    boolean percent = percent(rule);
    Optional<String> query =
        switch (metric.orElse("")) {
          case "" -> Optional.empty();
          case "rowCount" -> counted(rule, percent, "SELECT count(*) FROM {object}");
          case "duplicateValues" -> duplicates(rule, arguments, column, percent);
          case "nullValues" -> onColumn(rule, column, percent, "%s IS NULL");
          case "missingValues" -> missing(rule, arguments, column, percent);
          case "invalidValues" -> invalid(rule, arguments, column, percent);
          default -> {
            rule.fault(
                "metric",
                "metric must be nullValues, missingValues, invalidValues, duplicateValues or"
                    + " rowCount; got '"
                    + metric.orElse("")
                    + "'");
            yield Optional.empty();
          }
        };
    arguments.ifPresent(Section::done);
    return query;
  }

  private static boolean percent(Section rule) {
    String unit = rule.text("unit").orElse("rows");
    if (!unit.equals("rows") && !unit.equals("percent")) {
      rule.fault("unit", "unit must be rows or percent; got '" + unit + "'");
    }
    return unit.equals("percent");
  }

  private static Optional<String> counted(Section rule, boolean percent, String query) {
    if (percent) {
      rule.fault("unit", "this metric counts; delete unit percent");
    }
    return Optional.of(query);
  }

  private static Optional<String> duplicates(
      Section rule, Optional<Section> arguments, Optional<String> column, boolean percent) {
    List<String> keys = new ArrayList<>(column.stream().toList());
    arguments.ifPresent(a -> keys.addAll(a.texts("properties")));
    if (keys.isEmpty()) {
      rule.fault("metric", "duplicateValues of a table needs arguments: { properties: [...] }");
      return Optional.empty();
    }
    return counted(rule, percent, DuplicateKeys.query(keys));
  }

  private static Optional<String> missing(
      Section rule, Optional<Section> arguments, Optional<String> column, boolean percent) {
    List<String> values = literals(rule, arguments, "missingValues");
    String listed = values.isEmpty() ? "" : " OR %s IN (" + String.join(", ", values) + ")";
    return onColumn(rule, column, percent, "%s IS NULL" + listed);
  }

  private static Optional<String> invalid(
      Section rule, Optional<Section> arguments, Optional<String> column, boolean percent) {
    List<String> conditions = new ArrayList<>();
    List<String> values = literals(rule, arguments, "validValues");
    if (!values.isEmpty()) {
      conditions.add("NOT %s IN (" + String.join(", ", values) + ")");
    }
    arguments
        .flatMap(a -> a.text("pattern").filter(p -> compiles(a, p)))
        .ifPresent(p -> conditions.add("NOT %s RLIKE " + literal(p)));
    if (conditions.isEmpty()) {
      rule.fault("metric", "invalidValues needs arguments: { validValues: [...] } or a pattern");
      return Optional.empty();
    }
    return onColumn(
        rule, column, percent, "%s IS NOT NULL AND (" + String.join(" OR ", conditions) + ")");
  }

  private static boolean compiles(Section arguments, String pattern) {
    try {
      Pattern.compile(pattern);
      return true;
    } catch (PatternSyntaxException e) {
      arguments.fault("pattern", "this is no regular expression: " + e.getDescription());
      return false;
    }
  }

  private static List<String> literals(Section rule, Optional<Section> arguments, String key) {
    List<String> literals = new ArrayList<>();
    for (Yaml.Scalar value : arguments.map(a -> a.scalars(key)).orElse(List.of())) {
      switch (value.kind()) {
        case NOTHING -> {}
        case TEXT -> literals.add(literal(value.text()));
        case TRUTH -> literals.add(Boolean.toString(value.text().equals("true")));
        case NUMBER ->
            Section.numberOf(value.text())
                .ifPresentOrElse(
                    n -> literals.add(n.toPlainString()),
                    () -> rule.fault("arguments", value.text() + " is no plain number"));
      }
    }
    return literals;
  }

  private static Optional<String> onColumn(
      Section rule, Optional<String> column, boolean percent, String condition) {
    if (column.isEmpty()) {
      rule.fault("metric", "this metric belongs to a column; move the rule there");
      return Optional.empty();
    }
    String where = condition.replace("%s", quoted(column.get()));
    return Optional.of(
        percent
            ? "SELECT coalesce(100.0 * count_if("
                + where
                + ") / nullif(count(*), 0), 0)"
                + " FROM {object}"
            : "SELECT count_if(" + where + ") FROM {object}");
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "") + "`";
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
