package dev.sluice.catalog.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Compact JSON, read strictly: one value, no repeated names, whole numbers only where expected. */
final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written", e);
    }
  }

  static JsonNode read(String what, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UnreadableText("Expected a " + what + " as JSON; it cannot be parsed", e);
    }
  }

  static JsonNode field(String what, JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new UnreadableText("A " + what + " needs the field '" + name + "'");
    }
    return value;
  }

  static long whole(String what, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new UnreadableText(
          "A " + what + " has whole numbers of 64 bits here; got " + value.getNodeType());
    }
    return value.longValue();
  }

  static String string(String what, JsonNode value) {
    if (!value.isTextual()) {
      throw new UnreadableText("A " + what + " has text here; got " + value.getNodeType());
    }
    return value.textValue();
  }
}
