package dev.sluice.pipelines.generate;

import java.io.InputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Messages as a stream of lines, made while they are read, so that none needs a file. */
public final class AsLines extends InputStream {
  private final Iterator<GeneratedMessage> messages;
  private byte @Nullable [] line;
  private int at;

  public AsLines(Iterator<GeneratedMessage> messages) {
    this.messages = messages;
  }

  @Override
  public int read() {
    byte[] current = current();
    if (current.length == 0) {
      return -1;
    }
    return current[at++] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    byte[] current = current();
    if (current.length == 0) {
      return -1;
    }
    int count = Math.min(length, current.length - at);
    System.arraycopy(current, at, into, offset, count);
    at += count;
    return count;
  }

  /** The line to read on in, with its line break; empty at the end. */
  private byte[] current() {
    byte[] now = line;
    if (now == null || at == now.length) {
      now = messages.hasNext() ? withBreak(messages.next().value()) : new byte[0];
      line = now;
      at = 0;
    }
    return now;
  }

  private static byte[] withBreak(byte[] value) {
    byte[] whole = new byte[value.length + 1];
    System.arraycopy(value, 0, whole, 0, value.length);
    whole[value.length] = '\n';
    return whole;
  }
}
