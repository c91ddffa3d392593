package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A value of a message, whatever that is written in, as the tokens that JSON would have for it. */
interface Tokens {

  /** The next token; null after the last. */
  @Nullable JsonToken next() throws IOException, Rejected;

  @Nullable JsonToken current();

  /** Name of the field whose value is or comes next. */
  String name() throws IOException;

  /** Passes over the value that starts at the current token. */
  void skip() throws IOException, Rejected;

  /** Text of the current string; refused when no UTF-8 can hold it. */
  String text() throws IOException, Rejected;

  /** The current whole number, exactly. */
  long wholeNumber() throws IOException, Rejected;

  /** The current number as the nearest double; refused when there is no finite one. */
  double floatingNumber() throws IOException, Rejected;

  /** The current number, exactly. */
  BigDecimal exactNumber() throws IOException, Rejected;

  boolean truth() throws Rejected;

  /**
   * The current value where the message has times and bytes as such: an {@code Instant}, {@code
   * LocalDate}, {@code LocalDateTime} or {@code byte[]}; null where it has none, as in JSON.
   */
  default @Nullable Object typed() {
    return null;
  }

  /** What a reader gives for the current value, before which this stays. */
  default Object ahead(ReadValue reader) throws IOException, Rejected {
    return reader.read(this);
  }

  /** Told by the reader of an object of a part that it passes over, for whom it may concern. */
  default void passedOver(String object, String part) {}

  default void expect(JsonToken expected) throws Rejected {
    if (current() != expected) {
      throw new Rejected(Reason.WRONG_TYPE);
    }
  }
}
