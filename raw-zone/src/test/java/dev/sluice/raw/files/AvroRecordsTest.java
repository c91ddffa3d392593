package dev.sluice.raw.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import dev.sluice.catalog.publishing.LocalLocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroRecordsTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("r").fields().requiredLong("x").requiredString("y").endRecord();

  private static byte[] file(int records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.setCodec(CodecFactory.zstandardCodec(3)).setSyncInterval(100).create(SCHEMA, bytes);
      for (int i = 0; i < records; i++) {
        writer.append(new GenericRecordBuilder(SCHEMA).set("x", (long) i).set("y", "t").build());
      }
    }
    return bytes.toByteArray();
  }

  private static String outcome(byte[] file) {
    try (AvroRecords records = new AvroRecords(new ByteArrayInputStream(file))) {
      int count = 0;
      while (records.next() != null) {
        count++;
      }
      return count + " records";
    } catch (IOException | RuntimeException e) {
      return OpenRecords.why(e).name();
    }
  }

  private static LookedAt look(Path file, Configuration hadoop) throws IOException {
    FoundFile found =
        new FoundFile(
            LocalLocation.of(file),
            "a.avro",
            Files.size(file),
            Files.getLastModifiedTime(file).toMillis());
    FileForm form = new FileForm(FileFormat.AVRO, CsvForm.USUAL, Set.of("x"), 1000);
    return new LookAtFile(form, hadoop).at(found);
  }

  @Test
  void aFileThatEndsAnywhereButBehindABlockIsCutOff() throws IOException {
    byte[] whole = file(100);
    assertThat(outcome(whole)).isEqualTo("100 records");
    assertThat(outcome(file(0))).isEqualTo("0 records");
    int landed = 0;
    for (int length = 4; length < whole.length; length++) {
      String outcome = outcome(Arrays.copyOf(whole, length));
      landed += outcome.endsWith("records") ? 1 : 0;
      assertThat(outcome).as("of the first %d bytes", length).matches("TRUNCATED|[0-9]+ records");
    }
    assertThat(landed).as("ends of header and blocks").isBetween(1, 100);
  }

  @Test
  void whateverBytesAreDamagedTheFileIsToldToBeWrong(@TempDir Path folder) throws IOException {
    Schema union =
        SchemaBuilder.record("r").fields().optionalLong("x").requiredString("y").endRecord();
    GenericRecord record = new GenericRecordBuilder(union).set("x", 1L).set("y", "t").build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(union))) {
      writer.create(union, bytes).append(record);
    }
    byte[] damaged = bytes.toByteArray();
    damaged[damaged.length - 16 - 4] = 0x20; // the union's branch, before 1, length of t and t
    Path file = Files.write(folder.resolve("a.avro"), damaged);

    assertThat(look(file, new Configuration()).aside()).contains(Aside.BROKEN);
  }

  @Test
  void aFileOfHadoopsIsReadToItsEnd(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.avro"), file(100));

    LookedAt looked = look(file, new Configuration());

    assertThat(looked.aside()).isEmpty();
    assertThat(looked.records()).isEqualTo(100);
  }

  @Test
  void whatIsNoAvroFileIsToldApart() {
    assertThat(outcome("reading,1".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo("NOT_THE_FORMAT");
  }
}
