package dev.sluice.pipelines.logging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes out of an event of Spark's log what exceptions say and what settings hide. Spark's own
 * redaction looks at the names of settings only; a failed task repeats the value it failed on, in
 * the task's, the stage's, the job's and the query's event.
 */
final class RedactEvent {
  /** Messages of exceptions, which may be nothing but a value. */
  private static final Set<String> MESSAGES =
      Set.of("Description", "Message", "Full Stack Trace", "errorMessage", "exception");

  /** Sentences of Spark that end in such a message. */
  private static final Set<String> SENTENCES =
      Set.of("Failure Reason", "Loss Reason", "Kill Reason", "Removed Reason");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WITHHELD = "(withheld)";

  private final Pattern secret;

  /**
   * @param secret what the name of a setting has in it whose value is not told
   */
  RedactEvent(Pattern secret) {
    this.secret = secret;
  }

  /** The event as JSON, without them; the history server still reads it. */
  String of(String event) {
    try {
      return JSON.writeValueAsString(redacted(JSON.readTree(event)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event of Spark is no JSON");
    }
  }

  private JsonNode redacted(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, redacted(array.get(i)));
      }
    }
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      for (Map.Entry<String, JsonNode> each : object.properties()) {
        names.add(each.getKey());
      }
      names.forEach(name -> object.set(name, redacted(name, object)));
    }
    return node;
  }

  private JsonNode redacted(String name, ObjectNode in) {
    JsonNode value = in.get(name);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      return redacted(value);
    }
    boolean job = name.equals("Description") && !in.has("Class Name");
    if (MESSAGES.contains(name) && !job) {
      return JSON.getNodeFactory().textNode(WITHHELD);
    }
    if (SENTENCES.contains(name)) {
      return JSON.getNodeFactory().textNode(Telling.text(value.textValue()));
    }
    return secret.matcher(name).find() ? JSON.getNodeFactory().textNode(WITHHELD) : value;
  }
}
