package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.pipelines.runner.WrongUsage;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes one good event after another; no two have the same business key. */
final class MakeEvent {
  private static final int TRIES = 1_000;

  private final List<StageColumn> columns;
  private final String eventTime;
  private final Map<String, ExampleValues> examples = new HashMap<>();
  private final List<String> key;
  private final Set<Long> usedKeys = new HashSet<>();
  private final String placeColumn;
  private long nextKey;

  MakeEvent(DataContract contract, long seed) {
    this.columns = contract.stage().columns();
    this.eventTime = contract.stage().eventTime().column();
    this.key = contract.stage().key().stream().map(StageColumn::name).toList();
    this.nextKey = Math.floorMod(seed * 0x9E3779B97F4A7C15L, 8_000L) * 1_000_000_000_000L + 1;
    for (StageColumn column : columns) {
      List<String> given = column.source().examples();
      if (!given.isEmpty() && column.source().type() instanceof ColumnType.Simple) {
        examples.put(column.name(), new ExampleValues(column, given));
      }
    }
    this.placeColumn =
        columns.stream()
            .filter(c -> c.classification() == Classification.KEY && !c.isKey())
            .map(StageColumn::name)
            .filter(examples::containsKey)
            .findFirst()
            .orElse("");
  }

  /** The next event, which happened at {@code time}. */
  ObjectNode next(Instant time, RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      ObjectNode event = event(time, random);
      if (hasNumberedKey() || usedKeys.add(keyHash(event))) {
        return event;
      }
    }
    throw new WrongUsage(
        "The contract's examples and ranges give too few different business keys ("
            + usedKeys.size()
            + " made); widen them or ask for fewer rows");
  }

  private ObjectNode event(Instant time, RandomGenerator random) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ExampleValues places = examples.get(placeColumn);
    int place = places == null ? 0 : places.pick(random);
    boolean complete = random.nextInt(100) >= 3;
    for (StageColumn column : columns) {
      boolean present =
          column.required()
              || (column.classification() == Classification.PERSONAL
                  ? random.nextInt(100) < 40
                  : complete);
      if (present) {
        EventField.of(column).set(event, value(column, time, place, random));
      }
    }
    return event;
  }

  private JsonNode value(StageColumn column, Instant time, int place, RandomGenerator random) {
    ExampleValues values = examples.get(column.name());
    if (column.name().equals(eventTime)) {
      return MakeValue.time(column.source().timeFormat(), time);
    }
    if (hasNumberedKey() && column.isKey()) {
      return JsonNodeFactory.instance.numberNode(nextKey++);
    }
    if (values == null) {
      return MakeValue.of(column.source(), time, random);
    }
    return column.name().equals(placeColumn)
        ? values.node(values.examples().get(place))
        : values.value(place, random);
  }

  /** A key of one long column without bounds is counted up; that is how such ids are made. */
  private boolean hasNumberedKey() {
    if (key.size() != 1) {
      return false;
    }
    StageColumn only =
        columns.stream().filter(c -> c.name().equals(key.get(0))).findFirst().orElseThrow();
    return only.source().type() == ColumnType.Simple.BIGINT
        && only.source().maximum().isEmpty()
        && !examples.containsKey(only.name());
  }

  private long keyHash(ObjectNode event) {
    long hash = 17;
    for (StageColumn column : columns) {
      if (column.isKey()) {
        for (char c : EventField.of(column).in(event).asText().toCharArray()) {
          hash = (hash ^ c) * 0x100000001B3L;
        }
        hash = (hash ^ 0x1F) * 0x9E3779B97F4A7C15L;
      }
    }
    return hash;
  }
}
