package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Comparison;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.SetRule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ODCS {@code quality} of a table or of one of its columns. */
final class ReadSetRules {
  private ReadSetRules() {}

  /**
   * The rules that can be measured; rules of type {@code text} are for people.
   *
   * @param table path of the table in {@link Places}, for example {@code product.detections}
   * @param column the column the rules belong to; empty for rules of the table
   */
  static List<SetRule> of(Section owner, String table, Optional<String> column, Draft draft) {
    List<SetRule> rules = new ArrayList<>();
    for (Section rule : owner.sections("quality")) {
      rule.known("name", "dimension", "businessImpact", "tags", "authoritativeDefinitions");
      Optional<String> id = Names.snake(rule, "id");
      Section named = id.map(i -> rule.named("rule " + i + " of " + owner.what())).orElse(rule);
      String type = named.text("type").orElse("library");
      String description = named.text("description").orElse("");
      if (type.equals("text")) {
        named.known("severity");
        named.done();
        continue;
      }
      Optional<Severity> severity = severity(named);
      Optional<String> query =
          switch (type) {
            case "library" -> CompileMetric.of(named, column);
            case "sql" -> sql(named, "query", column);
            case "custom" -> custom(named, column);
            default -> {
              named.fault("type", "type must be library, sql, custom or text; got '" + type + "'");
              yield Optional.empty();
            }
          };
      Optional<Comparison> comparison = ReadComparison.of(named);
      named.done();
      if (id.isPresent() && severity.isPresent() && query.isPresent() && comparison.isPresent()) {
        draft.place(table + ".setRule." + id.get(), named.line(place(named)));
        rules.add(
            new SetRule(id.get(), severity.get(), query.get(), comparison.get(), description));
      }
    }
    return rules;
  }

  private static String place(Section rule) {
    return rule.has("query") ? "query" : rule.has("implementation") ? "implementation" : "id";
  }

  private static Optional<Severity> severity(Section rule) {
    Optional<String> text = rule.must("severity", rule.text("severity"));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (text.get()) {
      case "error" -> Optional.of(Severity.BLOCK);
      case "warning" -> Optional.of(Severity.WARN);
      default -> {
        rule.fault(
            "severity",
            "severity must be error (nothing is published) or warning; got '" + text.get() + "'");
        yield Optional.empty();
      }
    };
  }

  private static Optional<String> sql(Section rule, String key, Optional<String> column) {
    rule.known("unit"); // a query gives the number itself
    Optional<String> query = rule.must(key, rule.text(key)).map(String::strip);
    query
        .filter(q -> !q.contains("{object}"))
        .ifPresent(q -> rule.fault(key, "the query must read its table as {object}"));
    if (column.isEmpty() && query.filter(q -> q.contains("{property}")).isPresent()) {
      rule.fault(key, "{property} stands for a column; this rule belongs to a table");
    }
    return query.map(q -> q.replace("{property}", column.orElse("")));
  }

  /** A query that outside tools leave alone, for it reads tables of other contracts. */
  private static Optional<String> custom(Section rule, Optional<String> column) {
    rule.must("engine", rule.value("engine"));
    TableHeading.only(rule, "engine", "sluice");
    return sql(rule, "implementation", column);
  }
}
