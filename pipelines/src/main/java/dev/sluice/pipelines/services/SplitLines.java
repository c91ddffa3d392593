package dev.sluice.pipelines.services;

import dev.sluice.pipelines.runner.WrongUsage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Cuts a stream of bytes at each line feed and changes nothing else: a carriage return stays, an
 * empty line is an empty message, and a last line needs no line feed.
 */
final class SplitLines {
  private final InputStream in;
  private final int maxBytes;
  private long line;

  SplitLines(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.maxBytes = maxBytes;
  }

  /**
   * The next line without its line feed, or empty at the end.
   *
   * @throws WrongUsage when it is longer than allowed
   */
  Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    int each = in.read();
    if (each < 0) {
      return Optional.empty();
    }
    line++;
    while (each >= 0 && each != '\n') {
      if (bytes.size() == maxBytes) {
        throw new WrongUsage(
            "Line "
                + line
                + " has more than "
                + maxBytes
                + " bytes, the most a message may have; shorten it or leave it out");
      }
      bytes.write(each);
      each = in.read();
    }
    return Optional.of(bytes.toByteArray());
  }

  /** Number of the last line, from 1. */
  long line() {
    return line;
  }
}
