package dev.sluice.pipelines.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file while it is read. A fault gives a stand-in value and reading goes on, so
 * that all faults are found at once; keys nobody asked for are faults at {@link #finish()}.
 */
final class ConfigSection {
  private final String file;
  private final String path;
  private final int line;
  private final Map<String, Node> values = new TreeMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final List<ConfigSection> children = new ArrayList<>();
  private final List<ConfigFault> faults;

  ConfigSection(String file, String path, @Nullable Node node, int line, List<ConfigFault> faults) {
    this.file = file;
    this.path = path;
    this.line = node == null ? line : node.getStartMark().getLine() + 1;
    this.faults = faults;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::take);
    } else if (node != null && !isNull(node)) {
      fault(this.line, "expected settings under '" + name("") + "', got a single value or a list");
    }
  }

  private void take(NodeTuple pair) {
    String key = pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    int at = pair.getKeyNode().getStartMark().getLine() + 1;
    if (values.put(key, pair.getValueNode()) != null) {
      fault(at, "'" + name(key) + "' is given twice");
    }
    lines.put(key, at);
  }

  ConfigSection section(String key) {
    asked.add(key);
    Node node = values.get(key);
    if (node == null) {
      fault(line, "'" + name(key) + "' is missing");
    }
    return child(key, node);
  }

  ConfigSection sectionOrEmpty(String key) {
    asked.add(key);
    return child(key, values.get(key));
  }

  private ConfigSection child(String key, @Nullable Node node) {
    ConfigSection child =
        new ConfigSection(file, name(key), node, lines.getOrDefault(key, line), faults);
    children.add(child);
    return child;
  }

  boolean has(String key) {
    return values.containsKey(key) && asked.add(key);
  }

  /** Text that must be there; {@code form} says what is expected. */
  String text(String key, String form) {
    Optional<String> value = optional(key);
    if (value.isEmpty() && !values.containsKey(key)) {
      fault(line, "'" + name(key) + "' is missing; expected " + form);
    } else if (value.isEmpty()) {
      fault(at(key), "'" + name(key) + "' is empty; expected " + form);
    }
    return value.orElse("");
  }

  /** Text that may be missing or empty. */
  Optional<String> optional(String key) {
    asked.add(key);
    Node node = values.get(key);
    if (node == null || isNull(node)) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue()).filter(v -> !v.isBlank());
    }
    fault(at(key), "'" + name(key) + "' must be one value, not a list or settings");
    return Optional.empty();
  }

  int whole(String key, int otherwise, int least, int most) {
    Optional<String> value = optional(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get().matches("-?[0-9]{1,9}")) {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    }
    malformed(key, "a whole number from " + least + " to " + most, value.get());
    return otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    Optional<String> value = optional(key);
    if (value.isPresent() && !value.get().matches("true|false")) {
      malformed(key, "true or false", value.get());
    }
    return value.map("true"::equals).orElse(otherwise);
  }

  /** All keys of this mapping are allowed; each value is text. */
  Map<String, String> asTexts() {
    Map<String, String> texts = new TreeMap<>();
    for (String key : values.keySet()) {
      optional(key).ifPresent(value -> texts.put(key, value));
    }
    return texts;
  }

  /** Reports a value that does not have the form it needs. */
  void malformed(String key, String expected, String got) {
    fault(at(key), "'" + name(key) + "' must be " + expected + "; got '" + got + "'");
  }

  void wrong(String key, String what) {
    fault(at(key), "'" + name(key) + "' " + what);
  }

  void finish() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        fault(at(key), "'" + name(key) + "' is unknown; known here: " + known());
      }
    }
    children.forEach(ConfigSection::finish);
  }

  private String known() {
    return String.join(", ", asked.stream().sorted().toList());
  }

  private int at(String key) {
    return lines.getOrDefault(key, line);
  }

  private String name(String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }

  private void fault(int at, String message) {
    faults.add(new ConfigFault(file, at, message));
  }

  /** The text as a URI, if it is one. */
  static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
