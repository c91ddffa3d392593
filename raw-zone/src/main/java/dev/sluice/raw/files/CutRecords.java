package dev.sluice.raw.files;

import dev.sluice.catalog.contract.CsvForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts text at its line ends: NDJSON at each, CSV at those outside quotes, by the rules of {@link
 * CsvForm}. A record has all bytes before its line feed, a carriage return too, so that records put
 * together again are the file; only a byte order mark and blank lines are left out.
 */
final class CutRecords {
  private static final int BUFFER = 1 << 16;

  private enum State {
    FIELD_BEGINS,
    PLAIN,
    QUOTED,
    QUOTE_SEEN
  }

  private final InputStream in;
  private final boolean csv;
  private final byte delimiter;
  private final byte quote;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private int at;
  private int end = -1;

  /**
   * @param form of CSV; empty for NDJSON
   * @param maxBytes most bytes of a record
   */
  CutRecords(InputStream in, Optional<CsvForm> form, int maxBytes) {
    this.in = in;
    this.csv = form.isPresent();
    this.delimiter = (byte) form.map(CsvForm::delimiter).orElse(',').charValue();
    this.quote = (byte) form.map(CsvForm::quote).orElse('"').charValue();
    this.maxBytes = maxBytes;
  }

  /** The next record that is not blank; null after the last. */
  byte @Nullable [] next() throws IOException {
    while (cut()) {
      byte[] bytes = record.toByteArray();
      if (bytes.length > 1 || bytes.length == 1 && bytes[0] != '\r') {
        return bytes;
      }
    }
    return null;
  }

  private boolean cut() throws IOException {
    record.reset();
    State state = State.FIELD_BEGINS;
    while (at < end || fill()) {
      int from = at;
      while (at < end) {
        byte b = buffer[at++];
        if (b == '\n' && state != State.QUOTED) {
          keep(from, at - 1);
          return true;
        }
        if (csv) {
          state = after(state, b);
        }
      }
      keep(from, at);
    }
    if (state == State.QUOTED) {
      throw new Unreadable(Aside.OPEN_QUOTE);
    }
    return record.size() > 0;
  }

  private State after(State state, byte b) {
    return switch (state) {
      case FIELD_BEGINS -> b == quote ? State.QUOTED : plainOrBegin(b);
      case PLAIN -> plainOrBegin(b);
      case QUOTED -> b == quote ? State.QUOTE_SEEN : State.QUOTED;
      case QUOTE_SEEN -> b == quote ? State.QUOTED : plainOrBegin(b);
    };
  }

  private State plainOrBegin(byte b) {
    return b == delimiter ? State.FIELD_BEGINS : State.PLAIN;
  }

  private void keep(int from, int until) {
    if (record.size() + (until - from) > maxBytes) {
      throw new Unreadable(Aside.RECORD_TOO_LARGE);
    }
    record.write(buffer, from, until - from);
  }

  private boolean fill() throws IOException {
    boolean first = end < 0;
    end = in.readNBytes(buffer, 0, buffer.length);
    at = 0;
    if (first) {
      at = startsWith(0xef, 0xbb, 0xbf) ? 3 : 0;
      if (startsWith(0xfe, 0xff) || startsWith(0xff, 0xfe)) {
        throw new Unreadable(Aside.NOT_UTF8);
      }
    }
    return at < end;
  }

  private boolean startsWith(int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= end || buffer[i] != (byte) bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
