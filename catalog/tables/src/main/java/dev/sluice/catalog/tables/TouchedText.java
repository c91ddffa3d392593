package dev.sluice.catalog.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.position.Touched;
import java.util.ArrayList;
import java.util.List;

/** The fields {@code "all":true} or {@code "partitions":[..]} of a larger object. */
final class TouchedText {
  private TouchedText() {}

  static void put(ObjectNode node, Touched touched) {
    if (touched.all()) {
      node.put("all", true);
    } else if (!touched.partitions().isEmpty()) {
      ArrayNode partitions = node.putArray("partitions");
      touched.partitions().forEach(partitions::add);
    }
  }

  static Touched of(String what, JsonNode node) {
    if (node.path("all").asBoolean(false)) {
      return Touched.ALL;
    }
    List<String> partitions = new ArrayList<>();
    node.path("partitions").forEach(value -> partitions.add(JsonText.string(what, value)));
    return Touched.of(partitions);
  }
}
