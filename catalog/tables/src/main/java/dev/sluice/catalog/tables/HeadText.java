package dev.sluice.catalog.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import java.util.TreeMap;

/** The head's text: {@code {"epoch":0,"edition":3,"lanes":{"<lane>":<next sequence>}}}. */
public final class HeadText {
  private static final String WHAT = "head";

  private HeadText() {}

  public static String write(Head head) {
    ObjectNode node = JsonText.object().put("epoch", head.epoch()).put("edition", head.edition());
    ObjectNode lanes = node.putObject("lanes");
    head.lanes().next().forEach((lane, next) -> lanes.put(lane.name(), next));
    return JsonText.write(node);
  }

  /**
   * The head that {@link #write} wrote.
   *
   * @throws UnreadableText when it is not of that form
   */
  public static Head read(String text) {
    JsonNode node = JsonText.read(WHAT, text);
    try {
      TreeMap<Lane, Long> lanes = new TreeMap<>();
      JsonText.field(WHAT, node, "lanes")
          .properties()
          .forEach(e -> lanes.put(new Lane(e.getKey()), JsonText.whole(WHAT, e.getValue())));
      return new Head(
          JsonText.whole(WHAT, JsonText.field(WHAT, node, "epoch")),
          JsonText.whole(WHAT, JsonText.field(WHAT, node, "edition")),
          new Position(lanes));
    } catch (UnreadableText e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UnreadableText("A head has a value that cannot be: " + e.getMessage(), e);
    }
  }
}
