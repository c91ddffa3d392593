package dev.sluice.catalog.privacy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * One spelling, one byte sequence: text in Unicode NFC as UTF-8. Two values that look the same give
 * the same token. Text that is not Unicode (a lone surrogate) is refused, because encoders replace
 * it silently and different values would then share a token.
 */
final class CanonicalText {
  private CanonicalText() {}

  static byte[] bytes(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(normal));
      return Arrays.copyOfRange(encoded.array(), 0, encoded.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Expected Unicode text; got a lone surrogate in a text of "
              + text.length()
              + " characters. Set the row aside.");
    }
  }
}
