package dev.sluice.raw.files;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Parquet's schema as Avro's, with what the converter leaves out of {@linkplain KindsOfNumbers the
 * kinds of numbers}, under {@linkplain LegalNames names that Avro allows}. INT96, an old form of
 * times, stays 12 bytes.
 */
final class ParquetSchema {
  private ParquetSchema() {}

  /**
   * @param conf gets the settings that the reader needs to agree
   * @throws Unreadable for unsigned numbers that a signed one cannot hold
   */
  static Schema asAvro(MessageType columns, Configuration conf) throws IOException {
    columns.getFields().forEach(ParquetSchema::requireSigned);
    conf.setBoolean(AvroReadSupport.READ_INT96_AS_FIXED, true);
    conf.setBoolean("parquet.avro.add-list-element-records", false);
    Schema schema =
        LegalNames.whileAnyIs(
            () -> {
              Schema asNamed = new AvroSchemaConverter(conf).convert(columns);
              KindsOfNumbers.addTo(asNamed, columns);
              return asNamed;
            });
    return LegalNames.in(schema);
  }

  private static void requireSigned(Type column) {
    if (column.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation number
        && !number.isSigned()
        && number.getBitWidth() >= 32) {
      throw new Unreadable(Aside.UNSUPPORTED);
    }
    if (!column.isPrimitive()) {
      column.asGroupType().getFields().forEach(ParquetSchema::requireSigned);
    }
  }
}
