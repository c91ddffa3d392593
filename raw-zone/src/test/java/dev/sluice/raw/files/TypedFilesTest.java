package dev.sluice.raw.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DropFolder.FileFormat;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedFilesTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"reading","fields":[
               {"name":"reading_oid","type":"long"},
               {"name":"tags","type":{"type":"array","items":"string"}},
               {"name":"amount","type":["null","double"]}]}""");

  @TempDir private Path folder;

  private static byte[] avro(int records, CodecFactory codec) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.setCodec(codec).setSyncInterval(200).create(SCHEMA, bytes);
      for (int i = 0; i < records; i++) {
        writer.append(record(i));
      }
    }
    return bytes.toByteArray();
  }

  private static GenericRecord record(int i) {
    return new GenericRecordBuilder(SCHEMA)
        .set("reading_oid", (long) i)
        .set("tags", List.of("t" + i, "x"))
        .set("amount", i % 2 == 0 ? null : i / 2.0)
        .build();
  }

  /** Records as text, read back from the rows by nothing but what the rows say. */
  private static List<String> readBack(List<Row> rows) throws IOException {
    List<String> records = new ArrayList<>();
    for (Row row : rows) {
      String file = Drop.fileOf(row);
      Schema schema =
          new Schema.Parser()
              .parse(
                  new com.fasterxml.jackson.databind.ObjectMapper()
                      .readTree(file)
                      .get("schema")
                      .toString());
      records.add(
          new GenericDatumReader<GenericRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(row.<byte[]>getAs("value"), null))
              .toString());
    }
    return records;
  }

  @Test
  void avroRecordsKeepTheirBytesInEveryCodec() throws IOException {
    Drop drop = Drop.of(folder, "tfavro", FileFormat.AVRO);
    drop.file("a.avro", avro(50, CodecFactory.nullCodec()), Drop.LONG_AGO);
    drop.file("b.avro", avro(3, CodecFactory.zstandardCodec(3)), Drop.LONG_AGO.plusSeconds(1));
    drop.file("c.avro", avro(2, CodecFactory.snappyCodec()), Drop.LONG_AGO.plusSeconds(2));
    byte[] whole = avro(40, CodecFactory.zstandardCodec(3, true));
    drop.file("cut.avro", Arrays.copyOf(whole, whole.length - 30), Drop.LONG_AGO);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 0x55;
    drop.file("damaged.avro", damaged, Drop.LONG_AGO);
    drop.file(
        "text.avro",
        "no avro at all".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Drop.LONG_AGO);
    drop.file("none.avro", avro(0, CodecFactory.nullCodec()), Drop.LONG_AGO);

    drop.run();

    List<String> records = readBack(drop.rows());
    assertThat(records).hasSize(55);
    assertThat(records.subList(0, 2)).containsExactly(record(0).toString(), record(1).toString());
    assertThat(records.subList(50, 55))
        .containsExactly(
            record(0).toString(),
            record(1).toString(),
            record(2).toString(),
            record(0).toString(),
            record(1).toString());
    assertThat(drop.index.aside(drop.table()))
        .containsEntry(Aside.TRUNCATED, 1L)
        .containsEntry(Aside.NOT_THE_FORMAT, 1L)
        .containsEntry(Aside.EMPTY, 1L)
        .containsEntry(Aside.BROKEN, 1L);
  }

  @Test
  void parquetRecordsLandWithEveryValueTheyHave() throws IOException {
    Drop drop = Drop.of(folder, "tfparquet", FileFormat.PARQUET);
    SharedLake.lake()
        .spark()
        .range(0, 1000, 1, 1)
        .selectExpr(
            "id AS reading_oid",
            "timestamp_micros(id * 1000000) AS read_at",
            "cast(id as decimal(20,3)) AS price",
            "array('a', null, cast(id as string)) AS tags",
            "named_struct('x', id, 'y', map('k', 1.5D)) AS place",
            "if(id % 2 = 0, null, id / 2) AS amount")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("spark").toUri().toString());
    Path part = only(folder.resolve("spark"));
    byte[] bytes = Files.readAllBytes(part);
    Files.setLastModifiedTime(part, java.nio.file.attribute.FileTime.from(Drop.LONG_AGO));
    drop.file("cut.parquet", Arrays.copyOf(bytes, bytes.length - 9), Drop.LONG_AGO);
    byte[] damaged = bytes.clone();
    for (int i = 40; i < 140; i++) {
      damaged[i] = 7;
    }
    drop.file("damaged.parquet", damaged, Drop.LONG_AGO);
    drop.file("text.parquet", "reading_oid\n1\n");
    byte[] footless = bytes.clone();
    Arrays.fill(footless, bytes.length - 8, bytes.length - 4, (byte) 0x7f);
    drop.file("footless.parquet", footless, Drop.LONG_AGO);

    JobOutcome outcome = drop.run();

    assertThat(((JobOutcome.Done) outcome).figures().taken()).isEqualTo(1000);
    List<String> records = readBack(drop.rows());
    assertThat(records).hasSize(1000);
    assertThat(records.get(3))
        .contains(
            "\"reading_oid\": 3",
            "\"tags\": [\"a\", null, \"3\"]",
            "\"place\": {\"x\": 3, \"y\": {\"k\": 1.5}}",
            "\"amount\": 1.5");
    assertThat(records.get(4)).contains("\"amount\": null");
    assertThat(drop.index.aside(drop.table()))
        .isEqualTo(Map.of(Aside.TRUNCATED, 1L, Aside.BROKEN, 2L, Aside.NOT_THE_FORMAT, 1L));
  }

  @Test
  void parquetNumbersKeepTheirKindAtAnyDepth() throws IOException {
    MessageType columns =
        MessageTypeParser.parseMessageType(
            """
            message m {
              required int32 small (DECIMAL(6,3));
              required int64 large (DECIMAL(12,2));
              required int32 plain;
              optional group inside { required int64 price (DECIMAL(9,2)); required int64 at (TIMESTAMP(NANOS,true)); }
              optional group three (LIST) { repeated group list { optional int32 element (DECIMAL(6,3)); } }
              optional group two (LIST) { repeated int32 array (DECIMAL(6,1)); }
              optional group records (LIST) { repeated group list { optional group element { required int32 price (DECIMAL(6,4)); } } }
              optional group others (LIST) { repeated group array { required int32 price (DECIMAL(6,5)); } }
              repeated int32 bare (DECIMAL(6,2));
              optional group prices (MAP) { repeated group key_value { required binary key (STRING); optional int64 value (DECIMAL(18,6)); } }
            }""");

    String schema = ParquetSchema.asAvro(columns, new Configuration(false)).toString();

    assertThat(
            Pattern.compile("\"logicalType\":\"scaled\",\"scale\":([0-9])")
                .matcher(schema)
                .results())
        .extracting(found -> found.group(1))
        .containsExactly("3", "2", "2", "3", "1", "4", "5", "2", "6");
    assertThat(schema)
        .contains("timestamp-nanos", "{\"name\":\"plain\",\"type\":\"int\"}")
        .satisfies(text -> new Schema.Parser().parse(text));
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
