package dev.sluice.raw.files;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Parquet's schema as Avro's. Adds what the converter leaves out: that a number is a time in
 * nanoseconds. INT96, an old form of times, stays 12 bytes.
 */
final class ParquetSchema {
  private ParquetSchema() {}

  /**
   * @param conf gets the settings that the reader needs to agree
   * @throws Unreadable for unsigned numbers that a signed one cannot hold
   */
  static Schema asAvro(MessageType columns, Configuration conf) {
    columns.getFields().forEach(ParquetSchema::requireSigned);
    conf.setBoolean(AvroReadSupport.READ_INT96_AS_FIXED, true);
    conf.setBoolean("parquet.avro.add-list-element-records", false);
    Schema schema = new AvroSchemaConverter(conf).convert(columns);
    for (Type column : columns.getFields()) {
      if (column.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
          && time.getUnit() == TimeUnit.NANOS) {
        Schema number = number(schema.getField(column.getName()).schema());
        if (number.getLogicalType() == null) {
          (time.isAdjustedToUTC()
                  ? LogicalTypes.timestampNanos()
                  : LogicalTypes.localTimestampNanos())
              .addToSchema(number);
        }
      }
    }
    return schema;
  }

  private static Schema number(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(s -> s.getType() == Schema.Type.LONG)
            .findFirst()
            .orElse(schema)
        : schema;
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
