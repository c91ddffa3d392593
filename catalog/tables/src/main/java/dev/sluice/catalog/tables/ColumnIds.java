package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Makes Iceberg columns of a contract's, with field ids counted up. */
final class ColumnIds {
  private int last;

  int next() {
    return ++last;
  }

  Types.NestedField field(
      String name, ColumnType type, boolean required, Optional<String> description) {
    int id = next();
    Types.NestedField.Builder field =
        Types.NestedField.builder()
            .withId(id)
            .withName(name)
            .isOptional(!required)
            .ofType(type(type));
    return description.filter(d -> !d.isBlank()).map(field::withDoc).orElse(field).build();
  }

  private Type type(ColumnType type) {
    if (type instanceof ColumnType.Simple simple) {
      return simple(simple);
    }
    if (type instanceof ColumnType.Decimal decimal) {
      return Types.DecimalType.of(decimal.precision(), decimal.scale());
    }
    if (type instanceof ColumnType.Array array) {
      return Types.ListType.ofOptional(next(), type(array.element()));
    }
    List<Types.NestedField> parts = new ArrayList<>();
    for (ColumnType.Field part : ((ColumnType.Struct) type).fields()) {
      parts.add(field(part.name(), part.type(), part.required(), Optional.empty()));
    }
    return Types.StructType.of(parts);
  }

  private static Type simple(ColumnType.Simple type) {
    return switch (type) {
      case BOOLEAN -> Types.BooleanType.get();
      case INT -> Types.IntegerType.get();
      case BIGINT -> Types.LongType.get();
      case FLOAT -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case STRING -> Types.StringType.get();
      case BINARY -> Types.BinaryType.get();
      case DATE -> Types.DateType.get();
      case TIMESTAMP -> Types.TimestampType.withZone();
      case TIMESTAMP_NTZ -> Types.TimestampType.withoutZone();
    };
  }
}
