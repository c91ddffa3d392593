package dev.sluice.raw.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The records of a Parquet file. Parquet keeps columns, so a record has no bytes of its own there:
 * each becomes one Avro datum with every value of it, under the schema that follows from the file's
 * (docs/adr/0015).
 */
final class ParquetRecords implements Records {
  private final StoredFile stored;
  private final Schema schema;
  private final ParquetReader<GenericRecord> reader;
  private final GenericDatumWriter<GenericRecord> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable BinaryEncoder encoder;

  ParquetRecords(StoredFile stored) throws IOException {
    this.stored = stored;
    requireParquet();
    Configuration conf = new Configuration(stored.settings());
    MessageType columns;
    try (ParquetFileReader footer = ParquetFileReader.open(stored)) {
      columns = footer.getFileMetaData().getSchema();
    }
    this.schema = ParquetSchema.asAvro(columns, conf);
    AvroReadSupport.setAvroReadSchema(conf, schema);
    this.writer = new GenericDatumWriter<>(schema);
    this.reader =
        AvroParquetReader.<GenericRecord>builder(stored)
            .withDataModel(new GenericData())
            .withConf(conf)
            .build();
  }

  /** Begins and ends with {@code PAR1}; what only begins so is cut off. */
  private void requireParquet() throws IOException {
    long size = stored.getLength();
    try (var in = stored.open()) {
      byte[] first = in.readNBytes(4);
      if (!isMagic(first)) {
        throw new Unreadable(size == 0 ? Aside.EMPTY : Aside.NOT_THE_FORMAT);
      }
      if (size < 12) {
        throw new Unreadable(Aside.TRUNCATED);
      }
      in.seek(size - 4);
      if (!isMagic(in.readNBytes(4))) {
        throw new Unreadable(Aside.TRUNCATED);
      }
    }
  }

  private static boolean isMagic(byte[] bytes) {
    return bytes.length == 4
        && bytes[0] == 'P'
        && bytes[1] == 'A'
        && bytes[2] == 'R'
        && bytes[3] == '1';
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    GenericRecord record = LegalNames.whileAnyIs(reader::read);
    if (record == null) {
      return null;
    }
    bytes.reset();
    encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
    writer.write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Override
  public void describe(ObjectNode file) {
    try {
      file.set("schema", new ObjectMapper().readTree(schema.toString()));
    } catch (IOException e) {
      throw new IllegalStateException("A schema's text is JSON", e);
    }
  }

  /** The bytes once more, in their order. */
  @Override
  public String sha256() throws IOException {
    try (HashedStream hashed = new HashedStream(stored.open())) {
      return hashed.sha256();
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
