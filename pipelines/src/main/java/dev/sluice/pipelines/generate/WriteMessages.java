package dev.sluice.pipelines.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Writes messages one a line and, beside them, a ledger of what each line is. */
public final class WriteMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;
  private final Writer ledger;

  /**
   * @param ledger gets one JSON object a line: {@code {"line":1,"kind":"good"}}
   */
  public WriteMessages(OutputStream out, Writer ledger) {
    this.out = out;
    this.ledger = ledger;
  }

  /** Writes all messages; returns how many of each kind there were. */
  public Map<String, Long> all(Iterator<GeneratedMessage> messages) throws IOException {
    Map<String, Long> kinds = new TreeMap<>();
    long line = 0;
    while (messages.hasNext()) {
      GeneratedMessage message = messages.next();
      line++;
      out.write(message.value());
      out.write('\n');
      ledger.write(JSON.writeValueAsString(Map.of("line", line, "kind", message.kind())));
      ledger.write('\n');
      kinds.merge(message.kind(), 1L, Long::sum);
    }
    out.flush();
    ledger.flush();
    return kinds;
  }
}
