package dev.sluice.pipelines.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** What the manifests of tables tell of their rows; no row is read. */
public final class FileFacts {
  private final Catalog catalog;

  public FileFacts(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The newest value of a column of times or dates; empty for a table without rows. */
  Optional<Instant> newest(String table, String column) {
    long[] newest = {Long.MIN_VALUE};
    Optional<Table> found = table(table);
    found.ifPresent(
        t -> {
          Types.NestedField field = t.schema().findField(column);
          each(
              t.newScan().includeColumnStats(),
              task -> newest[0] = Math.max(newest[0], bound(task, field.fieldId(), field.type())));
        });
    return newest[0] == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(newest[0], ChronoUnit.MICROS));
  }

  /** Rows in files that hold times of a stretch, which is whole partitions. */
  long rowsWithin(String table, String column, Instant from, Instant until) {
    return rows(table, within(column, from, until));
  }

  /** The editions of rows in files that hold times of a stretch; empty when there are none. */
  Optional<Editions> editionsWithin(String table, String column, Instant from, Instant until) {
    long[] ends = {Long.MAX_VALUE, Long.MIN_VALUE};
    table(table)
        .ifPresent(
            t -> {
              int edition = t.schema().findField("_edition").fieldId();
              each(
                  t.newScan().filter(within(column, from, until)).includeColumnStats(),
                  task -> {
                    ends[0] =
                        Math.min(
                            ends[0], whole(task.file().lowerBounds(), edition, Long.MAX_VALUE));
                    ends[1] =
                        Math.max(
                            ends[1], whole(task.file().upperBounds(), edition, Long.MIN_VALUE));
                  });
            });
    return ends[0] > ends[1] ? Optional.empty() : Optional.of(new Editions(ends[0], ends[1]));
  }

  /** Both ends are included. */
  record Editions(long first, long last) {}

  boolean hasRowsBefore(String table, String column, Instant until) {
    return rows(table, Expressions.lessThan(column, text(until))) > 0;
  }

  private static Expression within(String column, Instant from, Instant until) {
    return Expressions.and(
        Expressions.greaterThanOrEqual(column, text(from)),
        Expressions.lessThan(column, text(until)));
  }

  private static long whole(@Nullable Map<Integer, ByteBuffer> bounds, int field, long otherwise) {
    ByteBuffer bound = bounds == null ? null : bounds.get(field);
    return bound == null
        ? otherwise
        : Conversions.<Long>fromByteBuffer(Types.LongType.get(), bound);
  }

  private long rows(String table, Expression which) {
    long[] rows = {0};
    table(table)
        .ifPresent(
            t -> each(t.newScan().filter(which), task -> rows[0] += task.file().recordCount()));
    return rows[0];
  }

  private static long bound(FileScanTask task, int field, Type type) {
    Map<Integer, ByteBuffer> bounds = task.file().upperBounds();
    ByteBuffer bound = bounds == null ? null : bounds.get(field);
    if (bound == null) {
      return Long.MIN_VALUE;
    }
    Object value = Conversions.fromByteBuffer(type, bound);
    return value instanceof Integer days
        ? ChronoUnit.MICROS.between(
            Instant.EPOCH,
            LocalDate.ofEpochDay(days).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC))
        : (Long) value;
  }

  private static void each(TableScan scan, Consumer<FileScanTask> act) {
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      tasks.forEach(act);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read the manifests of " + scan.table().name(), e);
    }
  }

  private static String text(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toString();
  }

  private Optional<Table> table(String name) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    return catalog.tableExists(identifier)
        ? Optional.of(catalog.loadTable(identifier))
        : Optional.empty();
  }
}
