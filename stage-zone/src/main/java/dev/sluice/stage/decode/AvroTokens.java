package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** A value of an Avro record as tokens, with its depth watched. */
final class AvroTokens implements Tokens {
  private static final long JULIAN_DAY_OF_1970 = 2_440_588;
  private static final int INT96 = 12;

  /** Bits of the longest number that is looked at, as long as those of JSON and CSV may be. */
  private static final int LONGEST = DecodeMessage.MAX_NUMBER_LENGTH * 10 / 3;

  private record Token(JsonToken kind, Object value) {}

  private final List<Token> tokens = new ArrayList<>();
  private final PassedOver passedOver;
  private int at = -1;

  AvroTokens(Object value, int maxDepth, PassedOver passedOver) throws Rejected {
    this.passedOver = passedOver;
    add(value, maxDepth);
  }

  @Override
  public Object ahead(ReadValue reader) throws IOException, Rejected {
    int here = at;
    Object value = reader.read(this);
    at = here;
    return value;
  }

  @Override
  public void passedOver(String object, String part) {
    passedOver.part(object, part);
  }

  private void add(@Nullable Object value, int depth) throws Rejected {
    if (value instanceof IndexedRecord record) {
      begin(JsonToken.START_OBJECT, depth);
      for (Schema.Field field : record.getSchema().getFields()) {
        tokens.add(new Token(JsonToken.FIELD_NAME, ReadAvro.nameOf(field)));
        add(record.get(field.pos()), depth - 1);
      }
      tokens.add(new Token(JsonToken.END_OBJECT, ""));
    } else if (value instanceof Map<?, ?> map) {
      begin(JsonToken.START_OBJECT, depth);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        tokens.add(new Token(JsonToken.FIELD_NAME, entry.getKey().toString()));
        add(entry.getValue(), depth - 1);
      }
      tokens.add(new Token(JsonToken.END_OBJECT, ""));
    } else if (value instanceof Collection<?> list) {
      begin(JsonToken.START_ARRAY, depth);
      for (Object element : list) {
        add(element, depth - 1);
      }
      tokens.add(new Token(JsonToken.END_ARRAY, ""));
    } else {
      tokens.add(scalar(value));
    }
  }

  private void begin(JsonToken kind, int depth) throws Rejected {
    if (depth <= 1) { // the record around it is a level too
      throw new Rejected(Reason.TOO_DEEP);
    }
    tokens.add(new Token(kind, ""));
  }

  private static Token scalar(@Nullable Object value) throws Rejected {
    if (value == null) {
      return new Token(JsonToken.VALUE_NULL, "");
    }
    if (value instanceof Boolean truth) {
      return new Token(truth ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE, truth);
    }
    if (value instanceof Integer || value instanceof Long) {
      return new Token(
          JsonToken.VALUE_NUMBER_INT, BigDecimal.valueOf(((Number) value).longValue()));
    }
    if (value instanceof BigDecimal number) {
      return new Token(
          number.scale() <= 0 ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT, number);
    }
    if (value instanceof Float || value instanceof Double) {
      return new Token(JsonToken.VALUE_NUMBER_FLOAT, value);
    }
    if (value instanceof Instant || value instanceof LocalDate || value instanceof LocalDateTime) {
      return new Token(JsonToken.VALUE_EMBEDDED_OBJECT, value);
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return new Token(JsonToken.VALUE_EMBEDDED_OBJECT, bytes);
    }
    if (value instanceof GenericFixed fixed) {
      boolean time = fixed.getSchema().getName().equals("INT96") && fixed.bytes().length == INT96;
      return new Token(
          JsonToken.VALUE_EMBEDDED_OBJECT, time ? instant(fixed.bytes()) : fixed.bytes());
    }
    if (value instanceof Utf8 text && !new dev.sluice.stage.decode.Utf8().isValid(bytes(text))) {
      throw new Rejected(Reason.NOT_UTF8);
    }
    return new Token(JsonToken.VALUE_STRING, value.toString());
  }

  private static byte[] bytes(Utf8 text) {
    return java.util.Arrays.copyOf(text.getBytes(), text.getByteLength());
  }

  /** Parquet's INT96: nanoseconds of the day, then the Julian day, the low byte first. */
  private static Instant instant(byte[] bytes) {
    ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = parts.getLong();
    return Instant.ofEpochSecond((parts.getInt() - JULIAN_DAY_OF_1970) * 86_400L, nanos);
  }

  @Override
  public @Nullable JsonToken next() {
    at++;
    return current();
  }

  @Override
  public @Nullable JsonToken current() {
    return at < tokens.size() ? tokens.get(at).kind() : null;
  }

  @Override
  public String name() {
    return tokens.get(at).value().toString();
  }

  @Override
  public void skip() {
    int depth = 0;
    do {
      JsonToken kind = tokens.get(at).kind();
      depth += kind.isStructStart() ? 1 : kind.isStructEnd() ? -1 : 0;
      at += depth > 0 ? 1 : 0;
    } while (depth > 0);
  }

  @Override
  public String text() throws Rejected {
    expect(JsonToken.VALUE_STRING);
    return tokens.get(at).value().toString();
  }

  @Override
  public long wholeNumber() throws Rejected {
    expect(JsonToken.VALUE_NUMBER_INT);
    try {
      return ((BigDecimal) number()).longValueExact();
    } catch (ArithmeticException e) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
  }

  @Override
  public double floatingNumber() throws Rejected {
    double number = number().doubleValue();
    if (!Double.isFinite(number)) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return number;
  }

  @Override
  public BigDecimal exactNumber() throws Rejected {
    Number number = number();
    if (number instanceof BigDecimal exact) {
      return exact;
    }
    if (!Double.isFinite(number.doubleValue())) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return new BigDecimal(number.toString());
  }

  private Number number() throws Rejected {
    JsonToken kind = current();
    if (kind == null || !kind.isNumeric()) {
      throw new Rejected(Reason.WRONG_TYPE);
    }
    Number number = (Number) tokens.get(at).value();
    if (number instanceof BigDecimal exact && exact.unscaledValue().bitLength() > LONGEST) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return number;
  }

  @Override
  public boolean truth() throws Rejected {
    JsonToken kind = current();
    if (kind == null || !kind.isBoolean()) {
      throw new Rejected(Reason.WRONG_TYPE);
    }
    return kind == JsonToken.VALUE_TRUE;
  }

  @Override
  public @Nullable Object typed() {
    return current() == JsonToken.VALUE_EMBEDDED_OBJECT ? tokens.get(at).value() : null;
  }
}
