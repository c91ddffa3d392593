package dev.sluice.pipelines.services;

import dev.sluice.pipelines.runner.WrongUsage;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens a file of lines; one whose name ends in {@code .gz} is unpacked. */
public final class OpenInput {
  private static final int BUFFER = 1 << 16;

  private OpenInput() {}

  /**
   * The file's bytes, unpacked.
   *
   * @throws WrongUsage when it is a folder, or is not packed as its name says; what is damaged
   *     further on is told by reading
   */
  public static InputStream of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new WrongUsage("Expected a file; " + file + " is a folder");
    }
    InputStream in = Files.newInputStream(file);
    if (!file.toString().endsWith(".gz")) {
      return in;
    }
    try {
      return new Unpacked(new GZIPInputStream(in, BUFFER), file);
    } catch (ZipException | EOFException e) {
      in.close();
      throw new WrongUsage(
          "Expected "
              + file
              + " to be packed by gzip, as its name says; pack it, or give it a name without .gz");
    }
  }

  /** Tells damage by the file's name. */
  private static final class Unpacked extends FilterInputStream {
    private final Path file;

    Unpacked(InputStream in, Path file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int count = read(one, 0, 1);
      return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (ZipException | EOFException e) {
        throw new WrongUsage(
            file
                + " is damaged or cut; lines before the damage may be there already. Pack it anew");
      }
    }
  }
}
