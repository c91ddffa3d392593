package dev.sluice.stage;

import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.apache.iceberg.io.CloseableIterable;

/** How many rows raw has in some editions, from its manifests wherever those tell it exactly. */
final class CountRaw {
  private CountRaw() {}

  static long of(Promoting promoting, LaneRange editions) {
    return told(promoting.lake().table(promoting.raw()), editions)
        .orElseGet(() -> promoting.lake().news(promoting.raw(), editions).count());
  }

  /** Empty when a file holds rows of other editions too, as compacted files do. */
  static OptionalLong told(Table raw, LaneRange editions) {
    Expression within =
        Expressions.and(
            Expressions.greaterThanOrEqual(Lake.EDITION, editions.from()),
            Expressions.lessThan(Lake.EDITION, editions.until()));
    StrictMetricsEvaluator whole = new StrictMetricsEvaluator(raw.schema(), within);
    long rows = 0;
    try (CloseableIterable<FileScanTask> files =
        raw.newScan().filter(within).includeColumnStats().planFiles()) {
      for (FileScanTask task : files) {
        if (!task.deletes().isEmpty() || !whole.eval(task.file())) {
          return OptionalLong.empty();
        }
        rows += task.file().recordCount();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The manifests of " + raw.name() + " cannot be read", e);
    }
    return OptionalLong.of(rows);
  }
}
