package dev.sluice.raw.files;

import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * Says in an Avro schema what numbers mean, where the converter from Parquet's leaves it out, at
 * any depth: that a whole number is a decimal without its point, or a time in nanoseconds. Avro has
 * no decimal of a whole number, so that kind bears a name of ours, {@value #SCALED}, beside its
 * {@code scale}; who does not know it sees the whole number.
 */
final class KindsOfNumbers {
  static final String SCALED = "scaled";

  private KindsOfNumbers() {}

  /** Adds to the schema what the group says. */
  static void addTo(Schema schema, GroupType group) {
    for (Type field : group.getFields()) {
      add(field, schema.getField(field.getName()).schema());
    }
  }

  private static void add(Type type, Schema nullable) {
    Schema schema = value(nullable);
    if (type.isRepetition(Type.Repetition.REPEATED) && schema.getType() == Schema.Type.ARRAY) {
      schema = value(schema.getElementType()); // a list without a frame of its own
    }
    if (type.isPrimitive()) {
      addKind(type.getLogicalTypeAnnotation(), schema);
    } else if (schema.getType() == Schema.Type.RECORD) {
      addTo(schema, type.asGroupType());
    } else if (schema.getType() == Schema.Type.ARRAY) {
      addToElement(type.asGroupType(), schema.getElementType());
    } else if (schema.getType() == Schema.Type.MAP) {
      GroupType entry = type.asGroupType().getType(0).asGroupType();
      add(entry.getType(1), schema.getValueType());
    }
  }

  /**
   * Old writers leave out the frame around an element (Parquet's LogicalTypes.md, "Lists", backward
   * compatibility rules).
   */
  private static void addToElement(GroupType list, Schema element) {
    Type repeated = list.getType(0);
    if (repeated.isPrimitive()) {
      addKind(repeated.getLogicalTypeAnnotation(), value(element));
    } else if (isElement(list, repeated.asGroupType())) {
      addTo(value(element), repeated.asGroupType());
    } else {
      add(repeated.asGroupType().getType(0), element);
    }
  }

  private static boolean isElement(GroupType list, GroupType repeated) {
    return repeated.getFieldCount() > 1
        || repeated.getName().equals("array")
        || repeated.getName().equals(list.getName() + "_tuple");
  }

  private static void addKind(LogicalTypeAnnotation kind, Schema schema) {
    boolean whole = schema.getType() == Schema.Type.INT || schema.getType() == Schema.Type.LONG;
    if (!whole || schema.getLogicalType() != null) {
      return;
    }
    if (kind instanceof DecimalLogicalTypeAnnotation decimal) {
      schema.addProp("logicalType", SCALED);
      schema.addProp("scale", decimal.getScale());
    } else if (kind instanceof TimestampLogicalTypeAnnotation time
        && time.getUnit() == TimeUnit.NANOS) {
      (time.isAdjustedToUTC() ? LogicalTypes.timestampNanos() : LogicalTypes.localTimestampNanos())
          .addToSchema(schema);
    }
  }

  private static Schema value(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    List<Schema> values =
        schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
    return values.get(0);
  }
}
