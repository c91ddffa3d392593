package dev.sluice.raw.files;

import dev.sluice.catalog.position.DropSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The records of one file as rows of a raw table; fails when it is not what was looked at. */
final class RowsOfFile implements Iterator<Row> {
  private final NumberedFile file;
  private final String lane;
  private final Instant modified;
  private final Instant landedAt;
  private final Object[] headers;
  private final StoredFile stored;
  private final Records records;
  private long number;
  private byte @Nullable [] next;

  RowsOfFile(
      NumberedFile file, FileForm form, String lane, Instant landedAt, Configuration hadoop) {
    this.file = file;
    this.lane = lane;
    this.landedAt = landedAt;
    this.stored = new StoredFile(file.looked().file(), hadoop);
    this.modified = Instant.ofEpochMilli(file.looked().file().modified());
    this.headers = new Object[] {RowFactory.create(FileHeader.KEY, file.looked().header())};
    try {
      this.records = OpenRecords.of(stored, form);
      this.next = records.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    byte[] value = next;
    if (value == null) {
      throw new NoSuchElementException();
    }
    number++;
    try {
      next = records.next();
      if (next == null) {
        requireTheSame();
        records.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RowFactory.create(
        lane, DropSequence.of(file.number(), number), modified, landedAt, null, value, headers);
  }

  private void requireTheSame() throws IOException {
    LookedAt looked = file.looked();
    if (number != looked.records()
        || !records.sha256().equals(looked.sha256())
        || !stored.isAsFound()
        || stored.hasFailed()) {
      throw new IllegalStateException(
          "File " + file.number() + " of lane " + lane + " changed while it was landed");
    }
  }
}
