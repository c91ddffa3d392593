package dev.sluice.stage.decode;

import dev.sluice.stage.decode.Fields.Field;
import java.io.IOException;
import org.apache.avro.Conversions;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro records by the schema that they were written with; fields go by their names, or by
 * those that the columns of a Parquet file had, see {@value #COLUMN} in docs/adr/0015.
 */
final class ReadAvro implements DecodeMessage.ReadRecord {
  private static final String COLUMN = "sluice.column";
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

  /**
   * @param schema as the file has it; names and defaults that Avro does not allow are no obstacle,
   *     as its own reader of files takes them too
   * @throws RuntimeException when it is no schema at all
   */
  ReadAvro(DecodeMessage messages, String schema) {
    this.messages = messages;
    this.schema =
        new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(schema);
    this.reader = new BytesOfTexts(this.schema);
  }

  @Override
  public void read(byte[] bytes, @Nullable Object[] values) throws IOException, Rejected {
    GenericRecord record = record(bytes);
    String version = messages.versionField();
    if (version != null) {
      messages.choose(version(record, version));
    }
    fields.start();
    for (Schema.Field part : schema.getFields()) {
      String name = nameOf(part);
      fields.came(name);
      Field field = messages.field(name);
      Object value = record.get(part.pos());
      if (field != null && value != null) {
        Tokens in = tokens(value, field);
        var unused = in.next();
        fields.read(in, field, values);
      }
    }
    fields.end(values);
  }

  /** What the source calls a field. */
  static String nameOf(Schema.Field field) {
    String column = field.getProp(COLUMN);
    return column == null ? field.name() : column;
  }

  private @Nullable String version(GenericRecord record, String versionField) {
    for (Schema.Field field : schema.getFields()) {
      if (nameOf(field).equals(versionField) && record.get(field.pos()) != null) {
        return record.get(field.pos()).toString();
      }
    }
    return null;
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
    } catch (ArithmeticException | java.time.DateTimeException e) {
      throw new Rejected(Reason.OUT_OF_RANGE); // a time that no calendar has
    } catch (IOException | RuntimeException e) {
      throw new Rejected(Reason.NOT_AVRO); // such as a symbol that the enum lacks, or no UUID
    } catch (StackOverflowError e) {
      throw new Rejected(Reason.TOO_DEEP); // a schema may contain itself
    }
  }
}
