package dev.sluice.catalog.contract.read;

import java.util.List;
import java.util.Map;

/** A YAML document that knows the line of each of its parts, from 1. */
sealed interface Yaml {
  int line();

  /** A single value, as it is written. */
  record Scalar(int line, String text, Kind kind) implements Yaml {}

  /** A list. */
  record Items(int line, List<Yaml> items) implements Yaml {}

  /** A map, in the order of the file. */
  record Keys(int line, Map<String, Entry> entries) implements Yaml {}

  /** One key of a map, its line and what stands there. */
  record Entry(int line, Yaml value) {}

  /** What YAML takes a value for. */
  enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    NOTHING
  }

  /** For messages: what this is. */
  default String kindName() {
    if (this instanceof Scalar scalar) {
      return switch (scalar.kind()) {
        case TEXT -> "text";
        case NUMBER -> "a number";
        case TRUTH -> "true or false";
        case NOTHING -> "nothing";
      };
    }
    return this instanceof Items ? "a list" : "a map";
  }
}
