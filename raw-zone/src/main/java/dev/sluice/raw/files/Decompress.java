package dev.sluice.raw.files;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Text files may be compressed by gzip (RFC 1952, also several members in one file) or zstd (RFC
 * 8878). Their first bytes tell; no text begins with these.
 */
final class Decompress {
  private static final int LOOK = 4;
  private static final int BUFFER = 1 << 16;

  private Decompress() {}

  /**
   * The text's bytes.
   *
   * @throws Unreadable for a file whose name promises a compression that its bytes do not have
   */
  static InputStream of(InputStream stored, String name) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stored, BUFFER);
    in.mark(LOOK);
    byte[] first = in.readNBytes(LOOK);
    in.reset();
    if (first.length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b) {
      return GzipCompressorInputStream.builder()
          .setInputStream(in)
          .setDecompressConcatenated(true)
          .get();
    }
    if (first.length == LOOK
        && first[0] == 0x28
        && first[1] == (byte) 0xb5
        && first[2] == 0x2f
        && first[3] == (byte) 0xfd) {
      return new ZstdInputStream(in);
    }
    if (first.length > 0 && (name.endsWith(".gz") || name.endsWith(".zst"))) {
      throw new Unreadable(Aside.NOT_THE_FORMAT);
    }
    return in;
  }
}
