package dev.sluice.refined.export;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.StandardSQLTypeName;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * BigQuery's column for a column of Iceberg. Types for which BigQuery and its emulators disagree
 * (uuid, map), and those that would lose digits (nanoseconds), are refused: cast them in the
 * product's SQL.
 */
final class BigQueryTypes {
  private BigQueryTypes() {}

  static Field field(String path, String name, Type type) {
    ExportTable.sql(name);
    return nullable(path, name, type, Field.Mode.NULLABLE);
  }

  private static Field nullable(String path, String name, Type type, Field.Mode mode) {
    if (type instanceof Types.ListType list && mode == Field.Mode.NULLABLE) {
      return nullable(path + "[]", name, list.elementType(), Field.Mode.REPEATED);
    }
    if (type instanceof Types.StructType struct) {
      Field[] parts =
          struct.fields().stream()
              .map(part -> field(path + "." + part.name(), part.name(), part.type()))
              .toArray(Field[]::new);
      return Field.newBuilder(name, StandardSQLTypeName.STRUCT, FieldList.of(parts))
          .setMode(mode)
          .build();
    }
    Field.Builder field = Field.newBuilder(name, plain(path, type)).setMode(mode);
    if (type instanceof Types.DecimalType decimal) {
      field.setPrecision((long) decimal.precision()).setScale((long) decimal.scale());
    }
    return field.build();
  }

  private static StandardSQLTypeName plain(String path, Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> StandardSQLTypeName.BOOL;
      case INTEGER, LONG -> StandardSQLTypeName.INT64;
      case FLOAT, DOUBLE -> StandardSQLTypeName.FLOAT64;
      case STRING -> StandardSQLTypeName.STRING;
      case BINARY, FIXED -> StandardSQLTypeName.BYTES;
      case DATE -> StandardSQLTypeName.DATE;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? StandardSQLTypeName.TIMESTAMP
              : StandardSQLTypeName.DATETIME;
      case DECIMAL -> decimal((Types.DecimalType) type);
      default ->
          throw ExportRefused.setup(
              "Column "
                  + path
                  + " has type "
                  + type
                  + ", which is not exported. Cast it in the product's SQL, for example a uuid to"
                  + " string or a map to a list of structs");
    };
  }

  private static StandardSQLTypeName decimal(Types.DecimalType type) {
    return type.scale() <= 9 && type.precision() - type.scale() <= 29
        ? StandardSQLTypeName.NUMERIC
        : StandardSQLTypeName.BIGNUMERIC;
  }
}
