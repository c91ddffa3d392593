package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One field of a CSV record. CSV has no types, so what the contract asks for decides how the text
 * is read, and nothing but the whole text counts: no blanks around, no grouping, no {@code NaN}.
 */
final class CsvTokens implements Tokens {
  private String text = "";

  void set(String field) {
    text = field;
  }

  @Override
  public @Nullable JsonToken next() {
    return null;
  }

  @Override
  public JsonToken current() {
    return JsonToken.VALUE_STRING;
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public void skip() {}

  @Override
  public String text() {
    return text;
  }

  /** Digits, perhaps a sign before and only zeros behind a point: {@code 517}, {@code 517.0}. */
  @Override
  public long wholeNumber() throws Rejected {
    BigDecimal number = number(false);
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      boolean fraction = number.stripTrailingZeros().scale() > 0;
      throw new Rejected(fraction ? Reason.WRONG_TYPE : Reason.OUT_OF_RANGE);
    }
  }

  @Override
  public double floatingNumber() throws Rejected {
    double number = number(true).doubleValue();
    if (!Double.isFinite(number)) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return number;
  }

  @Override
  public BigDecimal exactNumber() throws Rejected {
    return number(true);
  }

  @Override
  public boolean truth() throws Rejected {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new Rejected(Reason.WRONG_TYPE);
  }

  private BigDecimal number(boolean exponent) throws Rejected {
    if (text.length() > DecodeMessage.MAX_NUMBER_LENGTH) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    if (!isNumber(exponent)) {
      throw new Rejected(Reason.WRONG_TYPE);
    }
    try {
      return new BigDecimal(text);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Rejected(Reason.OUT_OF_RANGE); // an exponent that not even BigDecimal holds
    }
  }

  /** Sign, ASCII digits, point and digits, exponent; {@code BigDecimal} itself would take more. */
  private boolean isNumber(boolean exponent) {
    int at = sign(0);
    int whole = digits(at);
    int until = whole;
    if (whole > at && until < text.length() && text.charAt(until) == '.') {
      until = digits(whole + 1);
      if (until == whole + 1) {
        return false;
      }
    }
    if (exponent && until > at && until < text.length() && (text.charAt(until) | 0x20) == 'e') {
      int power = sign(until + 1);
      until = digits(power);
      if (until == power) {
        return false;
      }
    }
    return whole > at && until == text.length();
  }

  private int sign(int at) {
    boolean signed = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    return signed ? at + 1 : at;
  }

  private int digits(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
