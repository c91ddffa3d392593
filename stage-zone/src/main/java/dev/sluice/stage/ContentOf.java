package dev.sluice.stage;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.ColumnType;
import org.apache.spark.sql.Column;

/**
 * What a column says, in a form in which two values have one hash only if they are equal. Spark's
 * hash passes over nulls inside lists and objects, and does not see where a list ends: to it {@code
 * [[1], [2]]} is {@code [[1, 2]]}. So these go as JSON, with the parts in the contract's order,
 * which need not be the table's.
 */
final class ContentOf {
  private ContentOf() {}

  static Column value(Column value, ColumnType type) {
    return isNested(type) ? PrivacyColumns.canonical(ordered(value, type), type) : value;
  }

  private static Column ordered(Column value, ColumnType type) {
    if (type instanceof ColumnType.Array array && isNested(array.element())) {
      return transform(value, element -> ordered(element, array.element()));
    }
    if (type instanceof ColumnType.Struct object) {
      Column[] parts =
          object.fields().stream()
              .map(part -> ordered(value.getField(part.name()), part.type()).as(part.name()))
              .toArray(Column[]::new);
      return when(value.isNotNull(), struct(parts));
    }
    return value;
  }

  private static boolean isNested(ColumnType type) {
    return type instanceof ColumnType.Array || type instanceof ColumnType.Struct;
  }
}
