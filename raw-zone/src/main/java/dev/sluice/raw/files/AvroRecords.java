package dev.sluice.raw.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
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
  private final byte[] sync = new byte[HashedStream.TAIL];
  private long inBlock;

  AvroRecords(InputStream in) throws IOException {
    this.stored = new HashedStream(in);
    InputStream begin = new ByteArrayInputStream(header());
    this.blocks =
        new DataFileStream<>(
            new SequenceInputStream(begin, new Open(stored)), new GenericDatumReader<>());
    this.schema = blocks.getSchema();
    if (schema.getType() != Schema.Type.RECORD) {
      throw new Unreadable(Aside.NOT_THE_FORMAT);
    }
  }

  /** Magic, metadata and the marker that ends the header and every block; byte by byte. */
  private byte[] header() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryDecoder in = DecoderFactory.get().directBinaryDecoder(new Tee(stored, bytes), null);
    byte[] magic = new byte[4];
    in.readFixed(magic);
    if (!Arrays.equals(magic, new byte[] {'O', 'b', 'j', 1})) {
      throw new Unreadable(Aside.NOT_THE_FORMAT);
    }
    for (long entries = in.readMapStart(); entries > 0; entries = in.mapNext()) {
      for (long i = 0; i < entries; i++) {
        in.skipString();
        in.skipBytes();
      }
    }
    in.readFixed(sync);
    return bytes.toByteArray();
  }

  /** Stays open behind its end, where a sequence of streams closes its parts. */
  private static final class Open extends FilterInputStream {
    Open(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      return in.read(into, at, length);
    }

    @Override
    public void close() {}
  }

  /** Copies what passes; reads no byte ahead. */
  private static final class Tee extends FilterInputStream {
    private final ByteArrayOutputStream copy;

    Tee(InputStream in, ByteArrayOutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      if (one >= 0) {
        copy.write(one);
      }
      return one;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int count = in.read(into, at, length);
      if (count > 0) {
        copy.write(into, at, count);
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      return readNBytes((int) Math.min(count, 1 << 16)).length;
    }
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    while (inBlock == 0) {
      if (!takeBlock()) {
        return null;
      }
    }
    int from = block.length - left.available();
    GenericDatumReader.skip(schema, decoder);
    inBlock--;
    return Arrays.copyOfRange(block, from, block.length - left.available());
  }

  /** Avro's own reader takes a file that was cut off within a block for its end, or fails. */
  private boolean takeBlock() throws IOException {
    try {
      if (blocks.hasNext()) {
        take(blocks.nextBlock());
        return true;
      }
    } catch (AvroRuntimeException | IllegalStateException e) {
      if (endsWithMarker()) {
        throw e;
      }
    }
    if (!endsWithMarker()) {
      throw new Unreadable(Aside.TRUNCATED);
    }
    return false;
  }

  private boolean endsWithMarker() throws IOException {
    stored.drain();
    return Arrays.equals(sync, stored.tail());
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
  public void close() throws IOException {
    blocks.close();
    stored.close();
  }
}
