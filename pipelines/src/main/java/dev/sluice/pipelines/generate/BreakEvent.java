package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Breaks a good event in one of the ways in which real senders break theirs. */
final class BreakEvent {
  private static final String NO_TIME = "9223372036854775807";

  private final DataContract contract;
  private final List<StageColumn> required;

  BreakEvent(DataContract contract) {
    this.contract = contract;
    this.required = contract.stage().columns().stream().filter(StageColumn::required).toList();
  }

  /** The broken event; its kind is {@code broken:} and the way. */
  GeneratedMessage apply(ObjectNode event, RandomGenerator random) {
    StageColumn column = required.get(random.nextInt(required.size()));
    String field = column.source().name();
    String way =
        List.of("not-json", "empty", "no-utf8", "cut", "missing", "type", "time", "deep", "list")
            .get(random.nextInt(9));
    byte[] value =
        switch (way) {
          case "not-json" -> utf8("<event>" + field + "</event>");
          case "empty" -> new byte[0];
          case "no-utf8" -> withBadByte(utf8(event.toString()));
          case "cut" -> cut(utf8(event.toString()));
          case "missing" -> utf8(without(event, column));
          case "type" -> utf8(withWrongType(event, column));
          case "time" -> utf8(withAbsurdTime(event));
          case "deep" -> deep(contract.source().maxDepth() + 40);
          default -> utf8("[" + event + "]");
        };
    return new GeneratedMessage(value, "broken:" + way);
  }

  private static String without(ObjectNode event, StageColumn column) {
    ObjectNode copy = event.deepCopy();
    EventField.of(column).remove(copy);
    return copy.toString();
  }

  private static String withWrongType(ObjectNode event, StageColumn column) {
    ObjectNode copy = event.deepCopy();
    boolean isText = column.source().type() == ColumnType.Simple.STRING;
    EventField.of(column)
        .set(
            copy,
            isText ? copy.objectNode().put("unexpected", true) : copy.textNode("no such value"));
    return copy.toString();
  }

  /** A time so late that a careless reader would wrap it round. */
  private String withAbsurdTime(ObjectNode event) {
    ObjectNode copy = event.deepCopy();
    String column = contract.stage().eventTime().column();
    StageColumn time = contract.stage().column(column).orElseThrow();
    EventField.of(time).set(copy, copy.numberNode(Long.parseLong(NO_TIME)));
    return copy.toString();
  }

  private static byte[] deep(int levels) {
    return utf8("[".repeat(levels) + "]".repeat(levels));
  }

  private static byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static byte[] withBadByte(byte[] whole) {
    byte[] copy = whole.clone();
    copy[copy.length / 2] = (byte) 0xFF;
    return copy;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An event with the same key and another payload, where the contract leaves room for one. */
  ObjectNode conflicting(ObjectNode event, RandomGenerator random) {
    ObjectNode copy = event.deepCopy();
    for (StageColumn column : contract.stage().columns()) {
      boolean isTime = column.name().equals(contract.stage().eventTime().column());
      if (!column.isKey() && !isTime && column.source().type() == ColumnType.Simple.STRING) {
        String other = MakeValue.of(column.source(), java.time.Instant.EPOCH, random).asText();
        EventField.of(column).set(copy, copy.textNode(other));
        return copy;
      }
    }
    ArrayNode unused = copy.putArray("_sent_again");
    unused.add(1);
    return copy;
  }
}
