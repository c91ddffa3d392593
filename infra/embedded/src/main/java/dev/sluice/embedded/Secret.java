package dev.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;

/** A random password kept in a file that only its owner may read. */
record Secret(String value) {
  private static final int BYTES = 24;

  /** Reads the secret, making it on the first call. */
  static Secret in(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var create = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (var channel = Files.newByteChannel(file, create, mode)) {
        channel.write(java.nio.ByteBuffer.wrap(HexFormat.of().formatHex(random).getBytes("UTF-8")));
      }
    }
    String value = Files.readString(file).strip();
    if (!value.matches("[0-9a-f]{16,}")) {
      throw new IOException(
          file + " should hold a password of hexadecimal digits but does not; restore the file");
    }
    return new Secret(value);
  }

  @Override
  public String toString() {
    return "****";
  }
}
