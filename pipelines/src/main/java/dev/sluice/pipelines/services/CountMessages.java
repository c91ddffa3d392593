package dev.sluice.pipelines.services;

import dev.sluice.pipelines.services.ProduceMessages.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What {@link ProduceMessages} would send: reads and checks every line and sends none. */
public final class CountMessages {
  private CountMessages() {}

  /**
   * What would go.
   *
   * @param keyed messages that have the field of the key
   */
  public record Counted(long messages, long bytes, long keyed) {}

  /**
   * Counts all lines.
   *
   * @throws dev.sluice.pipelines.runner.WrongUsage when a line is longer than a message may be
   * @throws IOException when the input cannot be read
   */
  public static Counted of(InputStream in, Destination to) throws IOException {
    MessageKey key = new MessageKey(to.keyPointer());
    SplitLines lines = ProduceMessages.lines(in);
    long bytes = 0;
    long keyed = 0;
    for (Optional<byte[]> next = lines.next(); next.isPresent(); next = lines.next()) {
      bytes += next.get().length;
      keyed += key.of(next.get()).isPresent() ? 1 : 0;
    }
    return new Counted(lines.line(), bytes, keyed);
  }
}
