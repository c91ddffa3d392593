package dev.sluice.raw;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Up to where a micro-batch reads, per partition. Rows cannot tell: the last offsets of a batch may
 * be transaction markers or compacted away. Spark writes them to {@code offsets/<batch>} of the
 * query's checkpoint before it runs the batch, as lines of text: a version, the batch's settings,
 * then one line of JSON a source.
 */
final class BatchEnds {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BatchEnds() {}

  static SortedMap<Integer, Long> of(Path checkpoint, long batch, String topic) {
    Path file = checkpoint.resolve("offsets").resolve(Long.toString(batch));
    try {
      return read(Files.readAllLines(file), topic);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected Spark to have written the offsets of batch " + batch + " to " + file, e);
    }
  }

  static SortedMap<Integer, Long> read(List<String> lines, String topic) {
    for (int line = 2; line < lines.size(); line++) {
      JsonNode partitions = parsed(lines.get(line)).path(topic);
      if (partitions.isObject()) {
        TreeMap<Integer, Long> ends = new TreeMap<>();
        partitions
            .properties()
            .forEach(e -> ends.put(Integer.valueOf(e.getKey()), e.getValue().longValue()));
        return ends;
      }
    }
    throw new IllegalStateException(
        "Expected one line of Spark's offset log to name topic "
            + topic
            + "; its form has changed in this Spark version");
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
