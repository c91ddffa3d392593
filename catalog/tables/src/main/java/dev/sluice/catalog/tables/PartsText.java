package dev.sluice.catalog.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** The declared parts of a table as one property: a JSON object of texts. */
final class PartsText {
  private static final String WHAT = "list of declared parts";

  private PartsText() {}

  static String write(Map<String, String> parts) {
    ObjectNode object = JsonText.object();
    new TreeMap<>(parts).forEach(object::put);
    return JsonText.write(object);
  }

  static Map<String, String> read(String text) {
    JsonNode object = JsonText.read(WHAT, text);
    Map<String, String> parts = new TreeMap<>();
    object
        .properties()
        .forEach(part -> parts.put(part.getKey(), JsonText.string(WHAT, part.getValue())));
    return parts;
  }
}
