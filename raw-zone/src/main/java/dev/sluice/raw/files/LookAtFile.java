package dev.sluice.raw.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Reads a file to its end, so that nothing of it can come as a surprise while it lands. The readers
 * of Avro and Parquet throw whatever damaged bytes lead them to, so anything thrown is taken for
 * the content's fault, unless the storage failed.
 */
final class LookAtFile {
  private final FileForm form;
  private final Configuration hadoop;

  LookAtFile(FileForm form, Configuration hadoop) {
    this.form = form;
    this.hadoop = hadoop;
  }

  LookedAt at(FoundFile file) {
    if (file.size() == 0) {
      return LookedAt.aside(file, "", Aside.EMPTY);
    }
    boolean[] storageFailed = {false};
    try {
      LookedAt looked = read(file, storageFailed);
      return isAsFound(file, hadoop) ? looked : LookedAt.moved(file);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      boolean reachable = !storageFailed[0] && isAsFound(file, hadoop);
      return reachable ? LookedAt.aside(file, "", OpenRecords.why(e)) : LookedAt.moved(file);
    }
  }

  private LookedAt read(FoundFile file, boolean[] storageFailed) throws IOException {
    try (Records records = OpenRecords.of(file, form, hadoop)) {
      try {
        long count = 0;
        while (records.next() != null) {
          count++;
        }
        String sha256 = records.sha256();
        return count == 0
            ? LookedAt.aside(file, sha256, Aside.EMPTY)
            : new LookedAt(
                file, sha256, count, FileHeader.of(file, form, sha256, records), null, false);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        storageFailed[0] = records.storageFailed();
        throw e;
      }
    }
  }

  /** Whether a file still is what the listing showed. */
  static boolean isAsFound(FoundFile file, Configuration hadoop) {
    try {
      Path path = new Path(file.path());
      FileStatus now = path.getFileSystem(hadoop).getFileStatus(path);
      return now.getLen() == file.size() && now.getModificationTime() == file.modified();
    } catch (IOException e) {
      return false;
    }
  }
}
