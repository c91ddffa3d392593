package dev.sluice.raw.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The records of an Avro object container file (Avro specification 1.12): of each exactly the bytes
 * that stand in its block after decompression, described by the schema they were written with.
 */
final class AvroRecords implements Records {
  private final HashedStream stored;
  private final DataFileStream<GenericRecord> blocks;
  private final Schema schema;
  private byte[] block = new byte[0];
  private ByteArrayInputStream left = new ByteArrayInputStream(block);
  private BinaryDecoder decoder = DecoderFactory.get().directBinaryDecoder(left, null);
  private long inBlock;

  AvroRecords(InputStream in) throws IOException {
    this.stored = new HashedStream(in);
    this.blocks = new DataFileStream<>(stored, new GenericDatumReader<>());
    this.schema = blocks.getSchema();
    if (schema.getType() != Schema.Type.RECORD) {
      throw new Unreadable(Aside.NOT_THE_FORMAT);
    }
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    while (inBlock == 0) {
      if (!blocks.hasNext()) {
        return null;
      }
      take(blocks.nextBlock());
    }
    int from = block.length - left.available();
    GenericDatumReader.skip(schema, decoder);
    inBlock--;
    return Arrays.copyOfRange(block, from, block.length - left.available());
  }

  private void take(ByteBuffer bytes) {
    block = new byte[bytes.remaining()];
    bytes.get(block);
    left = new ByteArrayInputStream(block);
    decoder = DecoderFactory.get().directBinaryDecoder(left, decoder);
    inBlock = blocks.getBlockCount();
  }

  @Override
  public void describe(ObjectNode file) {
    try {
      file.set("schema", new ObjectMapper().readTree(schema.toString()));
    } catch (IOException e) {
      throw new IllegalStateException("A schema's text is JSON", e);
    }
  }

  @Override
  public String sha256() throws IOException {
    return stored.sha256();
  }

  @Override
  public boolean storageFailed() {
    return stored.hasFailed();
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }
}
