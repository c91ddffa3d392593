package dev.sluice.raw.files;

import dev.sluice.catalog.privacy.ScreenText;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file as the folder's listing shows it.
 *
 * @param path where it is, for Hadoop
 * @param name its path below the folder
 */
record FoundFile(String path, String name, long size, long modified) implements Serializable {
  private static final int NAME_BYTES = 16;

  FileMark mark() {
    byte[] hash = sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    return new FileMark(HexFormat.of().formatHex(hash, 0, NAME_BYTES), size, modified);
  }

  /** Its name for people, without what looks like personal data. */
  String shown() {
    return ScreenText.screen(name);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return shown();
  }
}
