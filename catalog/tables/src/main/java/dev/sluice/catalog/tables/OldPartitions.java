package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The partitions of a table that lie wholly before a point in time. They are told from the metadata
 * alone and removed by it: no file is read, none is written.
 *
 * @param before the end of the newest partition that goes, so that rows before it are exactly
 *     theirs
 * @param partitions their paths, such as {@code seen_at_day=2026-01-31}
 */
public record OldPartitions(
    Table table, Instant before, List<DataFile> files, SortedSet<String> partitions) {

  public OldPartitions {
    files = List.copyOf(files);
    partitions = new TreeSet<>(partitions);
  }

  /**
   * Looks for them.
   *
   * @param column the column of dates or times that a partition field is made of
   * @param limit rows before it may go
   */
  public static OldPartitions in(Table table, String column, Instant limit) {
    Instant before = aligned(table, column, limit);
    Expression old = Expressions.lessThan(column, literal(table, column, before));
    List<DataFile> files = new ArrayList<>();
    SortedSet<String> paths = new TreeSet<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().filter(old).planFiles()) {
      for (FileScanTask task : tasks) {
        PartitionSpec spec = task.spec();
        Expression strict = Projections.strict(spec).project(old);
        if (new Evaluator(spec.partitionType(), strict).eval(task.file().partition())) {
          files.add(task.file());
          paths.add(spec.partitionToPath(task.file().partition()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read the manifests of " + table.name(), e);
    }
    return new OldPartitions(table, before, files, paths);
  }

  /** Only those of them whose files are wanted. */
  public OldPartitions only(Predicate<DataFile> wanted) {
    List<DataFile> some = files.stream().filter(wanted).toList();
    SortedSet<String> paths = new TreeSet<>();
    some.forEach(file -> paths.add(table.spec().partitionToPath(file.partition())));
    return new OldPartitions(table, before, some, paths);
  }

  /** For stamps of tables whose readers keep what they made of rows that expire. */
  public Touched expired() {
    return Touched.of(partitions.stream().map(path -> Touched.EXPIRED + path).toList());
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  public long rows() {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  public long bytes() {
    return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
  }

  /**
   * Removes them in one stamped commit, which also remembers what has expired.
   *
   * @throws Refused when the table has moved since the stamp was made
   * @throws org.apache.iceberg.exceptions.ValidationException when compaction has replaced a file
   */
  public void remove(Stamp stamp) {
    ExpiredRows expired =
        ExpiredRows.of(table.properties()).orElse(new ExpiredRows(before, 0)).and(before, rows());
    Transaction both = table.newTransaction();
    DeleteFiles delete = both.newDelete().validateFilesExist();
    files.forEach(delete::deleteFile);
    delete.set(Stamp.SUMMARY_KEY, StampText.write(stamp)).commit();
    both.updateProperties().set(ExpiredRows.PROPERTY, expired.write()).commit();
    both.commitTransaction();
  }

  /** Where the partition begins in which the limit lies. */
  private static Instant aligned(Table table, String column, Instant limit) {
    ZonedDateTime at = limit.atZone(ZoneOffset.UTC);
    return switch (transform(table, column)) {
      case "hour" -> at.truncatedTo(ChronoUnit.HOURS).toInstant();
      case "day" -> at.truncatedTo(ChronoUnit.DAYS).toInstant();
      case "month" -> at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
      case "year" -> at.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1).toInstant();
      default ->
          column(table, column).typeId() == Type.TypeID.DATE
              ? at.truncatedTo(ChronoUnit.DAYS).toInstant()
              : limit;
    };
  }

  private static String transform(Table table, String column) {
    int id = table.schema().findField(column).fieldId();
    for (PartitionField field : table.spec().fields()) {
      String transform = field.transform().toString();
      if (field.sourceId() == id && transform.matches("hour|day|month|year|identity")) {
        return transform;
      }
    }
    throw new IllegalArgumentException(
        table.name() + " has no partitions of time by " + column + "; it has " + table.spec());
  }

  private static String literal(Table table, String column, Instant before) {
    ZonedDateTime at = before.atZone(ZoneOffset.UTC);
    return switch (column(table, column).typeId()) {
      case DATE -> at.toLocalDate().toString();
      case TIMESTAMP ->
          ((Types.TimestampType) column(table, column)).shouldAdjustToUTC()
              ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at)
              : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(at);
      default -> throw new IllegalArgumentException(column + " is no date or time");
    };
  }

  private static Type column(Table table, String column) {
    return table.schema().findType(column);
  }
}
