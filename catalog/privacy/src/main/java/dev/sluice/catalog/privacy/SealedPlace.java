package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What sealed bytes in quarantine are bound to, so that they cannot be moved to another row. */
public final class SealedPlace {
  private SealedPlace() {}

  /** Associated data of the bytes that came at {@code sequence} of {@code lane}. */
  public static byte[] context(String lane, long sequence) {
    return ("place|v1|" + lane + "|" + sequence).getBytes(UTF_8);
  }
}
