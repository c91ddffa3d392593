package dev.sluice.raw;

import java.util.List;
import java.util.stream.Collectors;

/** Spark's text for where each partition of a topic is read from. */
final class StartingOffsets {
  private StartingOffsets() {}

  /** For example {@code {"city.detections":{"0":120,"1":0}}}; topic names need no escapes. */
  static String json(String topic, List<KafkaTopic.Progress> start) {
    return start.stream()
        .map(p -> "\"" + p.partition() + "\":" + p.next())
        .collect(Collectors.joining(",", "{\"" + topic + "\":{", "}}"));
  }
}
