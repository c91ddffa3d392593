package dev.sluice.raw.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import dev.sluice.catalog.publishing.LocalLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAtFileTest {
  private static final AtomicInteger OPENS = new AtomicInteger();

  @TempDir Path folder;

  /** Opens files a few times only, as a storage does whose permissions or network change. */
  public static final class Failing extends LocalFileSystem {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
      if (OPENS.decrementAndGet() < 0) {
        throw new FileNotFoundException(file + " (Permission denied)");
      }
      return super.open(file, buffer);
    }
  }

  /** Format and how often it is opened before it cannot be. */
  @ParameterizedTest
  @CsvSource({"NDJSON,0", "AVRO,0", "PARQUET,0", "PARQUET,1", "PARQUET,2", "PARQUET,3"})
  void aStorageThatFailsIsNotTheContentsFault(FileFormat format, int opens) throws IOException {
    FoundFile found = found(parquet());
    OPENS.set(opens);

    assertThat(look(format, found).again()).contains(Later.UNREACHABLE);

    OPENS.set(9);
    assertThat(look(FileFormat.PARQUET, found).records()).isEqualTo(1);
  }

  @Test
  void aFileThatIsGoneHasChanged() throws IOException {
    Path file = parquet();
    FoundFile found = found(file);
    Files.delete(file);
    OPENS.set(9);

    assertThat(look(FileFormat.PARQUET, found).again()).contains(Later.CHANGED);
  }

  @Test
  void whatTheStorageDidNotGiveIsNamedAndNotRemembered() throws IOException {
    Path file = Files.write(folder.resolve("a.jsonl"), "1".getBytes(UTF_8));
    LookedAt looked = LookedAt.later(found(file), Later.UNREACHABLE);
    LandingCounts counts = new LandingCounts();

    counts.later(looked);
    SortedOut sorted = SortedOut.of(List.of(looked), Map.of());

    assertThat(sorted.known()).isEmpty();
    assertThat(counts.notLanded())
        .singleElement()
        .asString()
        .startsWith("a.jsonl could not be read where it is stored");
  }

  private LookedAt look(FileFormat format, FoundFile file) {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", Failing.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    return new LookAtFile(new FileForm(format, CsvForm.USUAL, Set.of("x"), 1000), hadoop).at(file);
  }

  private static FoundFile found(Path file) throws IOException {
    return new FoundFile(
        LocalLocation.of(file),
        file.getFileName().toString(),
        Files.size(file),
        Files.getLastModifiedTime(file).toMillis());
  }

  private Path parquet() throws IOException {
    Path file = folder.resolve("a.parquet");
    Schema schema = SchemaBuilder.record("r").fields().requiredLong("x").endRecord();
    try (var writer =
        AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
            .withSchema(schema)
            .build()) {
      writer.write(new GenericRecordBuilder(schema).set("x", 1L).build());
    }
    return file;
  }
}
