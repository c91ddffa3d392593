package dev.sluice.refined.export;

import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.publishing.LocalLocation;
import dev.sluice.catalog.run.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the rows that leave into one file that holds the allowed columns and nothing else. Rows
 * are sorted by all columns, so that equal rows give equal bytes and with them equal job ids. The
 * file is looked at again before anybody may send it: with an explicit schema a load would drop a
 * column too many without a word, after its bytes had left.
 */
final class EncodeParquet {
  private static final String TIMESTAMPS = "spark.sql.parquet.outputTimestampType";
  private static final Object SESSION_SETTING = new Object();

  private final AllowedColumns columns;
  private final Path folder;

  EncodeParquet(AllowedColumns columns, Path folder) {
    this.columns = columns;
    this.folder = folder;
  }

  /** Computes and writes the rows; {@code leaving} may have more columns. */
  StagedFile write(Dataset<Row> leaving) {
    Column[] allowed =
        columns.names().stream().map(name -> new Column("`" + name + "`")).toArray(Column[]::new);
    Path out = folder.resolve("rows");
    Dataset<Row> sorted = leaving.select(allowed).repartition(1).sortWithinPartitions(allowed);
    withMicroseconds(
        leaving.sparkSession(),
        () -> sorted.write().option("compression", "zstd").parquet(LocalLocation.of(out)));
    Path file = onlyFile(out);
    check(footer(file));
    Dataset<Row> rows = read(file);
    refuseMissingElements(rows);
    return new StagedFile(file, size(file), Sha256.of(file), Checksum.of(rows, columns.columns()));
  }

  /** The rows as they stand in a file of ours. */
  Dataset<Row> read(Path file) {
    return SparkSession.active().read().parquet(LocalLocation.of(file));
  }

  private void check(MessageType found) {
    List<String> names = found.getFields().stream().map(field -> field.getName()).toList();
    if (!names.equals(columns.names())) {
      throw new ExportWentWrong(
          "The file to export has the columns " + names + ", allowed are " + columns.names());
    }
    if (found.toString().contains("int96")) {
      throw new ExportWentWrong("The file to export has timestamps without a unit (int96)");
    }
  }

  /** BigQuery takes no list with a missing element; better to know before anything leaves. */
  private void refuseMissingElements(Dataset<Row> rows) {
    Column missing =
        columns.columns().stream()
            .filter(column -> column.iceberg().type().isListType())
            .map(column -> exists(new Column("`" + column.name() + "`"), Column::isNull))
            .reduce(lit(false), Column::or);
    if (!rows.where(missing).isEmpty()) {
      throw new ExportRefused(
          FailureKind.DATA,
          "A list that is to leave has an element that is null, which BigQuery does not take."
              + " Filter or replace such elements in the product's SQL");
    }
  }

  private static MessageType footer(Path file) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(new LocalInputFile(file), ParquetReadOptions.builder().build())) {
      return reader.getFooter().getFileMetaData().getSchema();
    } catch (IOException e) {
      throw new UncheckedIOException("The file to export cannot be read again", e);
    }
  }

  /** Spark knows the unit of timestamps in Parquet only as a setting of the session. */
  private static void withMicroseconds(SparkSession spark, Runnable write) {
    synchronized (SESSION_SETTING) {
      Optional<String> before = Optional.ofNullable(spark.conf().get(TIMESTAMPS, null));
      spark.conf().set(TIMESTAMPS, "TIMESTAMP_MICROS");
      try {
        write.run();
      } finally {
        before.ifPresentOrElse(
            value -> spark.conf().set(TIMESTAMPS, value), () -> spark.conf().unset(TIMESTAMPS));
      }
    }
  }

  private static Path onlyFile(Path folder) {
    try (var files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith("part-")).toList();
      if (found.size() != 1) {
        throw new ExportWentWrong(
            "Expected one file to export, Spark wrote " + found.size() + " in " + folder);
      }
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
