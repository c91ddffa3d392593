package dev.sluice.raw.files;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The bytes of a file where they are stored. Remembers whether the storage failed at any time, so
 * that the content is not blamed for it.
 */
final class StoredFile implements InputFile {
  private final FoundFile found;
  private final Configuration hadoop;
  private boolean failed;

  StoredFile(FoundFile found, Configuration hadoop) {
    this.found = found;
    this.hadoop = hadoop;
  }

  String name() {
    return found.name();
  }

  Configuration settings() {
    return hadoop;
  }

  /** Whether opening it or reading from it failed, whatever came of that. */
  boolean hasFailed() {
    return failed;
  }

  /** Whether it still is what the listing showed, as far as the storage tells. */
  boolean isAsFound() {
    try {
      FileStatus now = files().getFileStatus(path());
      return now.getLen() == found.size() && now.getModificationTime() == found.modified();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      failed = true;
      return true;
    }
  }

  @Override
  public long getLength() {
    return found.size();
  }

  /** Its bytes from the first on; close them. */
  Stored open() throws IOException {
    try {
      return new Stored(files().open(path()));
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    Stored in = open();
    return new DelegatingSeekableInputStream(in) {
      @Override
      public long getPos() throws IOException {
        return in.position();
      }

      @Override
      public void seek(long position) throws IOException {
        in.seek(position);
      }
    };
  }

  private Path path() {
    return new Path(found.path());
  }

  private FileSystem files() throws IOException {
    return path().getFileSystem(hadoop);
  }

  /** An open file; each failure of it is the storage's. */
  final class Stored extends FilterInputStream {
    private final FSDataInputStream at;

    private Stored(FSDataInputStream in) {
      super(in);
      this.at = in;
    }

    long position() throws IOException {
      return at.getPos();
    }

    /** Where to go on reading; that there is nothing is the content's fault, which named it. */
    void seek(long position) throws IOException {
      try {
        at.seek(position);
      } catch (EOFException e) {
        throw e;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        return at.read(into, from, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public long skip(long count) throws IOException {
      return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() throws IOException {
      try {
        at.close();
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
