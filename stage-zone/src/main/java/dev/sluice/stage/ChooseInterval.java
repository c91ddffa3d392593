package dev.sluice.stage;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.tables.Heads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * Chooses whole raw editions for one commit: about so many rows, at least one edition. Reads heads
 * and, when there is news, file statistics; no rows.
 */
final class ChooseInterval {
  private final Promoting promoting;
  private final long rowsAtMost;

  ChooseInterval(Promoting promoting, long rowsAtMost) {
    this.promoting = promoting;
    this.rowsAtMost = rowsAtMost;
  }

  Interval next() {
    Lake lake = promoting.lake();
    Table raw = lake.table(promoting.raw());
    Head stage = Heads.of(lake.table(promoting.stage()));
    Head quarantine = Heads.of(lake.table(promoting.quarantine()));
    long from = stage.lanes().at(promoting.lane());
    long aside = quarantine.lanes().at(promoting.lane());
    if (aside < from) {
      return new Interval.Impossible(from, aside);
    }
    if (aside > from) {
      return new Interval.Unfinished(new LaneRange(from, aside), stage, quarantine);
    }
    long end = Heads.of(raw).edition() + 1;
    if (end == 1 || from >= end) {
      return new Interval.Nothing();
    }
    return new Interval.Fresh(new LaneRange(from, until(raw, from, end)), stage, quarantine);
  }

  /** Rows of raw from an edition on, without reading them. */
  static long rows(Table raw, long from) {
    return rowsByLastEdition(raw, from).values().stream().mapToLong(Long::longValue).sum();
  }

  private long until(Table raw, long from, long end) {
    long rows = 0;
    for (Map.Entry<Long, Long> edition : rowsByLastEdition(raw, from).entrySet()) {
      rows += edition.getValue();
      if (rows >= rowsAtMost && edition.getKey() >= from) {
        return Math.min(end, edition.getKey() + 1);
      }
    }
    return end;
  }

  /** A compacted file holds rows of several editions; all count for the last of them. */
  private static TreeMap<Long, Long> rowsByLastEdition(Table raw, long from) {
    TreeMap<Long, Long> rows = new TreeMap<>();
    int column = raw.schema().findField(Lake.EDITION).fieldId();
    try (CloseableIterable<FileScanTask> files =
        raw.newScan()
            .filter(Expressions.greaterThanOrEqual(Lake.EDITION, from))
            .includeColumnStats()
            .planFiles()) {
      files.forEach(
          task -> rows.merge(last(task.file(), column), task.file().recordCount(), Long::sum));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static long last(DataFile file, int column) {
    Map<Integer, ByteBuffer> bounds = file.upperBounds();
    ByteBuffer bound = bounds == null ? null : bounds.get(column);
    if (bound == null) {
      return Long.MAX_VALUE - 1;
    }
    Long edition = Conversions.fromByteBuffer(Types.LongType.get(), bound);
    return edition;
  }
}
