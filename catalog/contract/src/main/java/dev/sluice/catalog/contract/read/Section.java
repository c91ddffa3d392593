package dev.sluice.catalog.contract.read;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A map of a contract, read key by key. Asking for a key makes it known; {@link #done} reports keys
 * that nobody asked for, so that nothing in a contract is without effect unseen.
 */
final class Section {
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?");

  private final String what;
  private final int line;
  private final Map<String, Yaml.Entry> entries;
  private final Faults faults;
  private final Set<String> known = new TreeSet<>();

  private Section(String what, int line, Map<String, Yaml.Entry> entries, Faults faults) {
    this.what = what;
    this.line = line;
    this.entries = entries;
    this.faults = faults;
  }

  /** The map as a section; empty, with a fault, when it is none. */
  static Optional<Section> of(String what, Yaml yaml, Faults faults) {
    if (yaml instanceof Yaml.Keys keys) {
      return Optional.of(new Section(what, keys.line(), keys.entries(), faults));
    }
    faults.add(yaml.line(), what + " must be a map; got " + yaml.kindName());
    return Optional.empty();
  }

  String what() {
    return what;
  }

  int line() {
    return line;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Line of a key, or of the section when the key is missing. */
  int line(String key) {
    Yaml.Entry entry = entries.get(key);
    return entry == null ? line : entry.line();
  }

  void fault(String key, String message) {
    faults.add(line(key), what + ": " + message);
  }

  Optional<Yaml> value(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(Yaml.Entry::value);
  }

  /** What was read at {@code key}, with a fault when the key is missing. */
  <T> Optional<T> must(String key, Optional<T> read) {
    if (!has(key)) {
      faults.add(line, what + " lacks '" + key + "'");
    }
    return read;
  }

  private <T> Optional<T> scalar(
      String key, Yaml.Kind kind, String wanted, Function<String, Optional<T>> parse) {
    Optional<Yaml> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> parsed = Optional.empty();
    if (value.get() instanceof Yaml.Scalar scalar && scalar.kind() == kind) {
      parsed = parse.apply(scalar.text());
    }
    if (parsed.isEmpty()) {
      fault(key, "'" + key + "' must be " + wanted + "; got " + shown(value.get()));
    }
    return parsed;
  }

  Optional<String> text(String key) {
    return scalar(key, Yaml.Kind.TEXT, "text (in quotes if need be)", Optional::of);
  }

  Optional<Boolean> truth(String key) {
    return scalar(key, Yaml.Kind.TRUTH, "true or false", Section::truthOf);
  }

  Optional<BigDecimal> number(String key) {
    return scalar(key, Yaml.Kind.NUMBER, "a plain number", Section::numberOf);
  }

  Optional<Integer> whole(String key, int least, int most) {
    return scalar(
        key,
        Yaml.Kind.NUMBER,
        "a whole number from " + least + " to " + most,
        text ->
            numberOf(text)
                .filter(n -> n.scale() <= 0 && n.compareTo(BigDecimal.valueOf(least)) >= 0)
                .filter(n -> n.compareTo(BigDecimal.valueOf(most)) <= 0)
                .map(BigDecimal::intValue));
  }

  static Optional<BigDecimal> numberOf(String text) {
    return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  static Optional<Boolean> truthOf(String text) {
    return text.equals("true") || text.equals("false")
        ? Optional.of(text.equals("true"))
        : Optional.empty();
  }

  /** The items of a list; empty when the key is missing. */
  List<Yaml> items(String key) {
    Optional<Yaml> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof Yaml.Items items) {
      return items.items();
    }
    fault(key, "'" + key + "' must be a list; got " + value.get().kindName());
    return List.of();
  }

  /** Single values of any kind, with their lines. */
  List<Yaml.Scalar> scalars(String key) {
    List<Yaml.Scalar> found = new ArrayList<>();
    for (Yaml item : items(key)) {
      if (item instanceof Yaml.Scalar scalar) {
        found.add(scalar);
      } else {
        faults.add(
            item.line(), what + ": '" + key + "' must list single values; got " + item.kindName());
      }
    }
    return found;
  }

  /** Texts of a list. */
  List<String> texts(String key) {
    List<String> found = new ArrayList<>();
    for (Yaml.Scalar scalar : scalars(key)) {
      if (scalar.kind() == Yaml.Kind.TEXT) {
        found.add(scalar.text());
      } else {
        faults.add(scalar.line(), what + ": '" + key + "' must list texts; got " + shown(scalar));
      }
    }
    return found;
  }

  Optional<Section> section(String key) {
    return value(key).flatMap(value -> of(what + ", " + key, value, faults));
  }

  List<Section> sections(String key) {
    return items(key).stream()
        .flatMap(item -> of("An entry of " + key + " of " + what, item, faults).stream())
        .toList();
  }

  /** This section under another name, for messages once its name is known. */
  Section named(String name) {
    Section named = new Section(name, line, entries, faults);
    named.known.addAll(known);
    return named;
  }

  /** The custom properties as a section of their own, by their names. */
  Section custom() {
    Map<String, Yaml.Entry> properties = new LinkedHashMap<>();
    for (Section each : sections("customProperties")) {
      Optional<String> name = each.must("property", each.text("property"));
      Optional<Yaml> value = each.must("value", each.value("value"));
      each.known("id", "description", "vendor");
      each.done();
      if (name.isEmpty() || value.isEmpty()) {
        continue;
      }
      if (properties.containsKey(name.get())) {
        each.fault("property", "'" + name.get() + "' stands there twice; delete one");
      } else {
        properties.put(name.get(), new Yaml.Entry(each.line("property"), value.get()));
      }
    }
    return new Section(what + ", customProperties", line("customProperties"), properties, faults);
  }

  /** Keys that are for people only; custom properties below them would be without effect. */
  void known(String... keys) {
    for (String key : keys) {
      value(key).ifPresent(this::refuseCustomProperties);
    }
  }

  private void refuseCustomProperties(Yaml value) {
    if (value instanceof Yaml.Items items) {
      items.items().forEach(this::refuseCustomProperties);
    } else if (value instanceof Yaml.Keys keys) {
      keys.entries()
          .forEach(
              (key, entry) -> {
                if (key.equals("customProperties")) {
                  faults.add(entry.line(), what + ": custom properties are not read here");
                } else {
                  refuseCustomProperties(entry.value());
                }
              });
    }
  }

  /** Reports the keys that nobody asked for. */
  void done() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            faults.add(
                entry.line(),
                what + " has the unknown key '" + key + "'; known are " + String.join(", ", known));
          }
        });
  }

  private static String shown(Yaml value) {
    return value instanceof Yaml.Scalar scalar && !scalar.text().isEmpty()
        ? value.kindName() + " (" + shortened(scalar.text()) + ")"
        : value.kindName();
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
