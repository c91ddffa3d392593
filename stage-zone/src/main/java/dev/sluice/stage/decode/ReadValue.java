package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.SourceField.TimeFormat;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Base64;

/**
 * Reads one value as one type. Called with the value's first token, which is not null; leaves at
 * its last. Gives what Spark's {@code Row} holds for the type.
 */
interface ReadValue extends Serializable {
  Object read(Tokens in) throws IOException, Rejected;

  /**
   * The reader of a type; times inside lists and objects are written like those outside.
   *
   * @param path the contract's name of what is read, for the names of parts that it does not know
   */
  static ReadValue of(ColumnType type, TimeFormat format, String path) {
    if (type instanceof ColumnType.Simple simple) {
      return simple(simple, format);
    }
    if (type instanceof ColumnType.Decimal decimal) {
      return decimal(decimal.precision(), decimal.scale());
    }
    if (type instanceof ColumnType.Array array) {
      return new ReadList(of(array.element(), format, path));
    }
    return ReadObject.of((ColumnType.Struct) type, format, path);
  }

  private static ReadValue simple(ColumnType.Simple type, TimeFormat format) {
    return switch (type) {
      case BOOLEAN -> Tokens::truth;
      case INT -> ReadValue::smallNumber;
      case BIGINT -> Tokens::wholeNumber;
      case FLOAT -> ReadValue::shortFloat;
      case DOUBLE -> Tokens::floatingNumber;
      case STRING -> Tokens::text;
      case BINARY -> ReadValue::bytes;
      case DATE, TIMESTAMP, TIMESTAMP_NTZ -> new ReadTime(type, format);
    };
  }

  private static ReadValue decimal(int precision, int scale) {
    return in -> {
      BigDecimal number = in.exactNumber();
      if (number.signum() == 0) {
        return BigDecimal.ZERO.setScale(scale);
      }
      // looked at before anything is scaled: 1e999999999 must not become a billion digits, and
      // without the zeros of 1000e2147483647 its exponent would be more than there are
      long digitsBefore = (long) number.precision() - number.scale();
      if (digitsBefore > precision - scale) {
        throw new Rejected(Reason.OUT_OF_RANGE);
      }
      BigDecimal plain = number.stripTrailingZeros();
      if (plain.scale() > scale) {
        throw new Rejected(Reason.OUT_OF_RANGE);
      }
      return plain.setScale(scale);
    };
  }

  private static Object smallNumber(Tokens in) throws IOException, Rejected {
    long number = in.wholeNumber();
    if (number != (int) number) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return (int) number;
  }

  private static Object shortFloat(Tokens in) throws IOException, Rejected {
    float number = (float) in.floatingNumber();
    if (!Float.isFinite(number)) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return number;
  }

  /** Base64 (RFC 4648 section 4), as JSON has no bytes. */
  private static Object bytes(Tokens in) throws IOException, Rejected {
    if (in.typed() instanceof byte[] bytes) {
      return bytes;
    }
    in.expect(JsonToken.VALUE_STRING);
    try {
      return Base64.getDecoder().decode(in.text());
    } catch (IllegalArgumentException e) {
      throw new Rejected(Reason.WRONG_TYPE);
    }
  }
}
