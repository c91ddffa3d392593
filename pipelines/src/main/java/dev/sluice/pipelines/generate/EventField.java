package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.StageColumn;
import java.util.List;

/** Where a column's value stands in an event: a field of it, or of the objects that lead there. */
record EventField(List<String> steps) {
  static EventField of(StageColumn column) {
    return new EventField(SourceField.steps(column.source().name()));
  }

  /** Puts the value there; parts of an object beside those that are there already. */
  void set(ObjectNode event, JsonNode value) {
    ObjectNode object = event;
    for (String step : steps.subList(0, steps.size() - 1)) {
      object = object.get(step) instanceof ObjectNode inside ? inside : object.putObject(step);
    }
    if (object.get(last()) instanceof ObjectNode there && value instanceof ObjectNode parts) {
      there.setAll(parts);
    } else {
      object.set(last(), value);
    }
  }

  /** The value; a missing node for none. */
  JsonNode in(ObjectNode event) {
    return object(event).path(last());
  }

  void remove(ObjectNode event) {
    if (object(event) instanceof ObjectNode object) {
      object.remove(last());
    }
  }

  private JsonNode object(ObjectNode event) {
    JsonNode object = event;
    for (String step : steps.subList(0, steps.size() - 1)) {
      object = object instanceof ObjectNode ? object.path(step) : MissingNode.getInstance();
    }
    return object;
  }

  private String last() {
    return steps.get(steps.size() - 1);
  }
}
