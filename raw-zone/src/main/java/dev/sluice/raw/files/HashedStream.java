package dev.sluice.raw.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A file's bytes as they are stored, hashed as they pass. */
final class HashedStream extends FilterInputStream {
  static final int TAIL = 16;

  private final MessageDigest digest = FoundFile.sha256();
  private final byte[] tail = new byte[TAIL];

  HashedStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int count = in.read(into, at, length);
    if (count > 0) {
      digest.update(into, at, count);
      int kept = Math.min(count, TAIL);
      System.arraycopy(tail, kept, tail, 0, TAIL - kept);
      System.arraycopy(into, at + count - kept, tail, TAIL - kept, kept);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The last bytes that passed. */
  byte[] tail() {
    return tail.clone();
  }

  /** Reads what is left. */
  void drain() throws IOException {
    byte[] rest = new byte[1 << 16];
    while (read(rest, 0, rest.length) >= 0) {
      // only the hash and the tail are wanted
    }
  }

  /** Reads what is left and gives the hash of all. */
  String sha256() throws IOException {
    drain();
    return HexFormat.of().formatHex(digest.digest());
  }
}
