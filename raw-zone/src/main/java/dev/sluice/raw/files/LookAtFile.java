package dev.sluice.raw.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

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
    StoredFile stored = new StoredFile(file, hadoop);
    LookedAt looked = read(file, stored);
    if (!stored.isAsFound()) {
      return LookedAt.later(file, Later.CHANGED);
    }
    return stored.hasFailed() ? LookedAt.later(file, Later.UNREACHABLE) : looked;
  }

  private LookedAt read(FoundFile file, StoredFile stored) {
    try (Records records = OpenRecords.of(stored, form)) {
      long count = 0;
      while (records.next() != null) {
        count++;
      }
      String sha256 = records.sha256();
      return count == 0
          ? LookedAt.aside(file, sha256, Aside.EMPTY)
          : LookedAt.whole(file, sha256, count, FileHeader.of(file, form, sha256, records));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return LookedAt.aside(file, "", OpenRecords.why(e));
    }
  }
}
