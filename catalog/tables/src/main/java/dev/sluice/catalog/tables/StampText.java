package dev.sluice.catalog.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The stamp's text, as it stands in a snapshot's summary: {@code {"format":1,"run":..,
 * "contract":..,"contractVersion":..,"codeVersion":..,"epoch":0,"edition":4,"contractHash":..,"branch":..,
 * "lanes":{"<lane>":[from,until]},"all":true,"partitions":[..]}}. Empty parts are left out, because
 * every retained snapshot keeps its stamp in the table's metadata.
 */
public final class StampText {
  private static final String WHAT = "stamp";

  private StampText() {}

  public static String write(Stamp stamp) {
    ObjectNode node =
        JsonText.object()
            .put("format", Stamp.FORMAT)
            .put("run", stamp.run())
            .put("contract", stamp.contract())
            .put("contractVersion", stamp.contractVersion())
            .put("codeVersion", stamp.codeVersion())
            .put("epoch", stamp.epoch())
            .put("edition", stamp.edition());
    stamp.contractHash().ifPresent(hash -> node.put("contractHash", hash));
    stamp.branch().ifPresent(branch -> node.put("branch", branch));
    ObjectNode lanes = node.putObject("lanes");
    stamp
        .lanes()
        .forEach((lane, range) -> lanes.putArray(lane.name()).add(range.from()).add(range.until()));
    TouchedText.put(node, stamp.touched());
    return JsonText.write(node);
  }

  /**
   * The stamp that {@link #write} wrote.
   *
   * @throws UnreadableText when it is not of that form, or of a format this version does not know
   */
  public static Stamp read(String text) {
    JsonNode node = JsonText.read(WHAT, text);
    long format = JsonText.whole(WHAT, JsonText.field(WHAT, node, "format"));
    if (format != Stamp.FORMAT) {
      throw new UnreadableText(
          "Stamps of format " + Stamp.FORMAT + " are known here; got format " + format);
    }
    try {
      return new Stamp(
          required(node, "run"),
          required(node, "contract"),
          required(node, "contractVersion"),
          required(node, "codeVersion"),
          JsonText.whole(WHAT, JsonText.field(WHAT, node, "epoch")),
          JsonText.whole(WHAT, JsonText.field(WHAT, node, "edition")),
          node.has("branch") ? Optional.of(required(node, "branch")) : Optional.empty(),
          lanes(JsonText.field(WHAT, node, "lanes")),
          TouchedText.of(WHAT, node),
          node.has("contractHash")
              ? Optional.of(required(node, "contractHash"))
              : Optional.empty());
    } catch (UnreadableText e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UnreadableText("A stamp has a value that cannot be: " + e.getMessage(), e);
    }
  }

  private static String required(JsonNode node, String name) {
    return JsonText.string(WHAT, JsonText.field(WHAT, node, name));
  }

  private static TreeMap<Lane, LaneRange> lanes(JsonNode node) {
    TreeMap<Lane, LaneRange> lanes = new TreeMap<>();
    node.properties()
        .forEach(
            entry -> {
              if (!(entry.getValue() instanceof ArrayNode range) || range.size() != 2) {
                throw new UnreadableText(
                    "A stamp gives each lane as [from, until]; lane " + entry.getKey() + " is not");
              }
              lanes.put(
                  new Lane(entry.getKey()),
                  new LaneRange(
                      JsonText.whole(WHAT, range.get(0)), JsonText.whole(WHAT, range.get(1))));
            });
    return lanes;
  }
}
