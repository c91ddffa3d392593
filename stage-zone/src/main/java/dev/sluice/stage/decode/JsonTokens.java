package dev.sluice.stage.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The tokens of one JSON text in UTF-8, with its depth watched. */
final class JsonTokens implements Tokens, Closeable {
  private final JsonFactory factory;
  private final byte[] text;
  private final int start;
  private final JsonParser parser;
  private final int maxDepth;
  private final PassedOver passedOver;
  private int depth;

  JsonTokens(JsonFactory factory, byte[] text, int maxDepth, PassedOver passedOver)
      throws IOException {
    this(factory, text, 0, maxDepth, passedOver);
  }

  private JsonTokens(
      JsonFactory factory, byte[] text, int start, int maxDepth, PassedOver passedOver)
      throws IOException {
    this.factory = factory;
    this.text = text;
    this.start = start;
    this.parser = factory.createParser(text, start, text.length - start);
    this.maxDepth = maxDepth;
    this.passedOver = passedOver;
  }

  /** Lists and objects from a parser apart. */
  @Override
  public Object ahead(ReadValue reader) throws IOException, Rejected {
    JsonToken token = current();
    if (token == null || !token.isStructStart()) {
      return reader.read(this);
    }
    int here = start + (int) parser.currentTokenLocation().getByteOffset();
    try (JsonTokens same = new JsonTokens(factory, text, here, maxDepth, passedOver)) {
      same.next();
      return reader.read(same);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  @Override
  public void passedOver(String object, String part) {
    passedOver.part(object, part);
  }

  @Override
  public @Nullable JsonToken next() throws IOException, Rejected {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return null;
    }
    if (token.isStructStart()) {
      depth++;
      refuseTooDeep();
    } else if (token.isStructEnd()) {
      depth--;
    }
    return token;
  }

  private void refuseTooDeep() throws Rejected {
    if (depth > maxDepth) {
      throw new Rejected(Reason.TOO_DEEP);
    }
  }

  @Override
  public @Nullable JsonToken current() {
    return parser.currentToken();
  }

  @Override
  public String name() throws IOException {
    return parser.currentName();
  }

  @Override
  public void skip() throws IOException, Rejected {
    JsonToken token = current();
    if (token == null || !token.isStructStart()) {
      return;
    }
    int outside = depth - 1;
    while (depth > outside) {
      next();
    }
  }

  @Override
  public String text() throws IOException, Rejected {
    expect(JsonToken.VALUE_STRING);
    String text = parser.getText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new Rejected(Reason.NOT_UTF8);
        }
        i++;
      }
    }
    return text;
  }

  @Override
  public long wholeNumber() throws IOException, Rejected {
    expect(JsonToken.VALUE_NUMBER_INT);
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return parser.getLongValue();
  }

  @Override
  public double floatingNumber() throws IOException, Rejected {
    expectNumber();
    double number = Double.parseDouble(parser.getText());
    if (!Double.isFinite(number)) {
      throw new Rejected(Reason.OUT_OF_RANGE);
    }
    return number;
  }

  @Override
  public BigDecimal exactNumber() throws IOException, Rejected {
    expectNumber();
    try {
      return new BigDecimal(parser.getText());
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Rejected(Reason.OUT_OF_RANGE); // an exponent that not even BigDecimal holds
    }
  }

  @Override
  public boolean truth() throws Rejected {
    JsonToken token = current();
    if (token == null || !token.isBoolean()) {
      throw new Rejected(Reason.WRONG_TYPE);
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private void expectNumber() throws Rejected {
    JsonToken token = current();
    if (token == null || !token.isNumeric()) {
      throw new Rejected(Reason.WRONG_TYPE);
    }
  }
}
