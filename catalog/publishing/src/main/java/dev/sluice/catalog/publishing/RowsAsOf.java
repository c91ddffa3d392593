package dev.sluice.catalog.publishing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as they stood at a snapshot, under the columns that the table has now. A
 * snapshot keeps the columns of its time, while SQL of a contract goes by those of today: they are
 * found by their ids, so renamed ones have their new name, widened ones their new type, and those
 * that came later no value.
 */
public record RowsAsOf(Lake lake, String table) {

  /** Not yet computed; what the snapshot's rows held in columns that are gone is not to be seen. */
  public Dataset<Row> snapshot(long id) {
    Table standing = lake.table(table);
    Dataset<Row> rows =
        lake.spark().sql("SELECT * FROM " + lake.sql(table) + " VERSION AS OF " + id);
    Schema now = standing.schema();
    Schema then = standing.schemas().get(standing.snapshot(id).schemaId());
    if (then == null || then.schemaId() == now.schemaId()) {
      return rows;
    }
    return rows.select(
        now.columns().stream()
            .map(column -> part(null, then.asStruct(), column).as(column.name()))
            .toArray(Column[]::new));
  }

  /** One part of a struct, or a column where there is no struct, as it is declared now. */
  private static Column part(@Nullable Column of, Types.StructType then, Types.NestedField now) {
    Types.NestedField before = then.field(now.fieldId());
    if (before == null) {
      return lit(null).cast(SparkSchemaUtil.convert(now.type()));
    }
    Column value = of == null ? col("`" + before.name() + "`") : of.getField(before.name());
    return value(value, before.type(), now.type());
  }

  private static Column value(Column value, Type then, Type now) {
    if (then.equals(now)) {
      return value;
    }
    if (now.isStructType()) {
      Column[] parts =
          now.asStructType().fields().stream()
              .map(field -> part(value, then.asStructType(), field).as(field.name()))
              .toArray(Column[]::new);
      return when(value.isNotNull(), struct(parts));
    }
    if (now.isListType()) {
      return transform(
          value,
          element ->
              value(element, then.asListType().elementType(), now.asListType().elementType()));
    }
    return value.cast(SparkSchemaUtil.convert(now));
  }
}
