package dev.sluice.stage;

import dev.sluice.catalog.publishing.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/** The oldest edition of which a table still has rows, from its manifests. */
final class FirstEdition {
  private FirstEdition() {}

  /** Beyond all editions for a table without rows. */
  static long of(Table table) {
    int column = table.schema().findField(Lake.EDITION).fieldId();
    long first = Long.MAX_VALUE;
    try (CloseableIterable<FileScanTask> files = table.newScan().includeColumnStats().planFiles()) {
      for (FileScanTask file : files) {
        Map<Integer, ByteBuffer> bounds = file.file().lowerBounds();
        ByteBuffer bound = bounds == null ? null : bounds.get(column);
        Long lowest = bound == null ? 0L : Conversions.fromByteBuffer(Types.LongType.get(), bound);
        first = Math.min(first, lowest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The manifests of " + table.name() + " cannot be read", e);
    }
    return first;
  }
}
