package dev.sluice.stage.decode;

import dev.sluice.stage.decode.Fields.Field;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads Avro records by the schema that they were written with; fields go by their names. */
final class ReadAvro implements DecodeMessage.ReadRecord {
  private static final GenericData DATA = new GenericData();

  static {
    DATA.setFastReaderEnabled(false); // it would give texts as the writer wished
    DATA.addLogicalTypeConversion(new Conversions.DecimalConversion());
    DATA.addLogicalTypeConversion(new ScaledNumbers());
    DATA.addLogicalTypeConversion(new Conversions.UUIDConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.DateConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    DATA.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
  }

  /** Gives texts as their bytes, whatever the writer wished, so that bad UTF-8 is seen. */
  private static final class BytesOfTexts extends GenericDatumReader<GenericRecord> {
    BytesOfTexts(Schema schema) {
      super(schema, schema, DATA);
    }

    @Override
    protected Class findStringClass(Schema schema) {
      return CharSequence.class;
    }
  }

  private final DecodeMessage messages;
  private final Schema schema;
  private final BytesOfTexts reader;
  private final ReadFields fields = new ReadFields();
  private @Nullable BinaryDecoder decoder;

  ReadAvro(DecodeMessage messages, String schema) {
    this.messages = messages;
    this.schema = new Schema.Parser().parse(schema);
    this.reader = new BytesOfTexts(this.schema);
  }

  @Override
  public void read(byte[] bytes, @Nullable Object[] values) throws IOException, Rejected {
    GenericRecord record = record(bytes);
    String version = messages.versionField();
    if (version != null) {
      Object named = record.hasField(version) ? record.get(version) : null;
      messages.choose(named == null ? null : named.toString());
    }
    fields.start();
    for (Schema.Field part : schema.getFields()) {
      fields.came(part.name());
      Field field = messages.field(part.name());
      Object value = record.get(part.pos());
      if (field != null && value != null) {
        Tokens in = tokens(value, field);
        var unused = in.next();
        fields.read(in, field, values);
      }
    }
    fields.end(values);
  }

  private Tokens tokens(Object value, Field field) throws Rejected {
    try {
      return new AvroTokens(value, messages.plan().maxDepth, messages::passedOver);
    } catch (Rejected rejected) {
      throw rejected.within(field.path());
    }
  }

  private GenericRecord record(byte[] bytes) throws Rejected {
    try {
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, decoder);
      decoder = in;
      GenericRecord record = reader.read(null, in);
      if (!in.isEnd()) {
        throw new Rejected(Reason.NOT_AVRO);
      }
      return record;
    } catch (IOException | AvroRuntimeException e) {
      throw new Rejected(Reason.NOT_AVRO);
    } catch (ArithmeticException | java.time.DateTimeException e) {
      throw new Rejected(Reason.OUT_OF_RANGE); // a time that no calendar has
    }
  }
}
