package dev.sluice.pipelines.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventFieldTest {
  private static final EventField EMAIL = new EventField(List.of("owner", "email"));
  private static final EventField OWNER = new EventField(List.of("owner"));

  private final ObjectNode event = JsonNodeFactory.instance.objectNode().put("id", 1);

  @Test
  void aPathLeadsThroughObjects() {
    EMAIL.set(event, event.textNode("e"));
    OWNER.set(event, event.objectNode().put("shoe", 44));

    assertThat(event).hasToString("{\"id\":1,\"owner\":{\"email\":\"e\",\"shoe\":44}}");
    assertThat(EMAIL.in(event).asText()).isEqualTo("e");
  }

  @Test
  void whatIsNotThereIsMissingAndNeedsNoRemoval() {
    assertThat(EMAIL.in(event).isMissingNode()).isTrue();
    EMAIL.remove(event);
    assertThat(event).hasToString("{\"id\":1}");

    EMAIL.set(event, event.textNode("e"));
    EMAIL.remove(event);
    assertThat(event).hasToString("{\"id\":1,\"owner\":{}}");
  }
}
