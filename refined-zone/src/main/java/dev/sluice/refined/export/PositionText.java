package dev.sluice.refined.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Canonical JSON texts kept in BigQuery: keys sorted, no spaces, so that equal means equal. */
final class PositionText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PositionText() {}

  /** {@code {"<lane>":<next sequence>}}. */
  static String write(Position position) {
    TreeMap<String, Long> lanes = new TreeMap<>();
    position.next().forEach((lane, next) -> lanes.put(lane.name(), next));
    return json(lanes);
  }

  static Position read(String text) {
    TreeMap<Lane, Long> lanes = new TreeMap<>();
    parsed(text, new TypeReference<Map<String, Long>>() {})
        .forEach((lane, next) -> lanes.put(new Lane(lane), next));
    return new Position(lanes);
  }

  static String writeMap(Map<String, ?> values) {
    return json(new TreeMap<>(values));
  }

  static Map<String, String> readMap(String text) {
    return parsed(text, new TypeReference<Map<String, String>>() {});
  }

  static String writeList(Collection<String> values) {
    return json(List.copyOf(values));
  }

  static List<String> readList(String text) {
    return parsed(text, new TypeReference<List<String>>() {});
  }

  /** The text of a key of a JSON object; empty when it has none such. */
  static String textAt(String key, String object) {
    return parsed(object, new TypeReference<JsonNode>() {}).path(key).asText("");
  }

  /** The texts in the list of a key of a JSON object; none when it has none such. */
  static List<String> listAt(String key, String object) {
    List<String> texts = new ArrayList<>();
    parsed(object, new TypeReference<JsonNode>() {}).path(key).forEach(e -> texts.add(e.asText()));
    return texts;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map or list of plain values always has a JSON text", e);
    }
  }

  private static <T> T parsed(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw ExportRefused.setup(
          "Expected JSON in the export tables of BigQuery; it does not parse. Only exports may"
              + " write there: restore the row from before it was edited");
    }
  }
}
