package dev.sluice.stage.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates. Not thread-safe. */
final class Utf8 {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer scratch = CharBuffer.allocate(4096);

  boolean isValid(byte[] bytes) {
    int firstBeyondAscii = 0;
    while (firstBeyondAscii < bytes.length && bytes[firstBeyondAscii] >= 0) {
      firstBeyondAscii++;
    }
    if (firstBeyondAscii == bytes.length) {
      return true;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, firstBeyondAscii, bytes.length - firstBeyondAscii);
    decoder.reset();
    CoderResult result;
    do {
      scratch.clear();
      result = decoder.decode(rest, scratch, true);
    } while (result.isOverflow());
    return !result.isError();
  }
}
