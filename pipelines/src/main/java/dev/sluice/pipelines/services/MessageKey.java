package dev.sluice.pipelines.services;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.pipelines.runner.WrongUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes a message's key from one of its fields; a message without that field has no key. */
final class MessageKey {
  private final ObjectMapper json = new ObjectMapper();
  private final Optional<JsonPointer> pointer;

  MessageKey(Optional<String> pointer) {
    this.pointer = pointer.map(MessageKey::compile);
  }

  private static JsonPointer compile(String pointer) {
    try {
      return JsonPointer.compile(pointer);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(
          "Expected a JSON pointer to the key, which begins with '/', such as /id; got '"
              + pointer
              + "'");
    }
  }

  Optional<byte[]> of(byte[] message) {
    return pointer
        .flatMap(p -> field(message, p))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> field(byte[] message, JsonPointer place) {
    try {
      JsonNode node = json.readTree(message).at(place);
      if (node.isMissingNode() || node.isNull()) {
        return Optional.empty();
      }
      return Optional.of(node.isValueNode() ? node.asText() : node.toString());
    } catch (IOException e) {
      // Broken messages are sent like any other: judging them is the work of promotion.
      return Optional.empty();
    }
  }
}
