package dev.sluice.raw.files;

import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.publishing.LocalLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetRecordsTest {
  private static final MessageType COLUMNS =
      Types.buildMessage()
          .required(INT64)
          .named("Unnamed: 0")
          .required(BINARY)
          .as(stringType())
          .named("dep-delay")
          .required(INT64)
          .named("dep_delay")
          .required(FIXED_LEN_BYTE_ARRAY)
          .length(2)
          .named("two bytes")
          .optionalGroup()
          .required(INT64)
          .named("2x")
          .named("a place")
          .optionalGroup()
          .as(listType())
          .repeatedGroup()
          .optionalGroup()
          .required(INT64)
          .named("Tail Number")
          .named("element")
          .named("list")
          .named("the list")
          .optionalGroup()
          .as(listType())
          .repeatedGroup()
          .required(INT64)
          .named("Tail Number")
          .named("array")
          .named("old list")
          .named("a schema");

  @TempDir Path folder;

  @Test
  void columnsMayHaveAnyNames() throws IOException {
    Path file = folder.resolve("a.parquet");
    Group row = new SimpleGroup(COLUMNS);
    row.append("Unnamed: 0", 7L).append("dep-delay", "late").append("dep_delay", 8L);
    row.append("two bytes", Binary.fromString("ab"));
    row.addGroup("a place").append("2x", 9L);
    row.addGroup("the list").addGroup("list").addGroup("element").append("Tail Number", 10L);
    row.addGroup("old list").addGroup("array").append("Tail Number", 11L);
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(COLUMNS).build()) {
      writer.write(row);
    }
    FoundFile found =
        new FoundFile(
            LocalLocation.of(file),
            "a.parquet",
            Files.size(file),
            Files.getLastModifiedTime(file).toMillis());

    try (Records records = new ParquetRecords(new StoredFile(found, new Configuration()))) {
      byte[] record = records.next();
      ObjectNode header = new ObjectMapper().createObjectNode();
      records.describe(header);
      Schema schema = new Schema.Parser().parse(header.get("schema").toString());

      assertThat(
              new GenericDatumReader<GenericRecord>(schema)
                  .read(null, DecoderFactory.get().binaryDecoder(record, null)))
          .hasToString(
              "{\"Unnamed__0\": 7, \"dep_delay_2\": \"late\", \"dep_delay\": 8,"
                  + " \"two_bytes\": [97, 98], \"a_place\": {\"_2x\": 9},"
                  + " \"the_list\": [{\"Tail_Number\": 10}],"
                  + " \"old_list\": [{\"Tail_Number\": 11}]}");
      assertThat(schema.getField("Unnamed__0").getProp("sluice.column")).isEqualTo("Unnamed: 0");
      assertThat(schema.getField("dep_delay_2").getProp("sluice.column")).isEqualTo("dep-delay");
      assertThat(schema.getField("dep_delay").getProp("sluice.column")).isNull();
      assertThat(records.next()).isNull();
    }
  }
}
