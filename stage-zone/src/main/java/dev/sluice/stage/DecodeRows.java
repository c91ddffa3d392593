package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.stage.decode.DecodeRecord;
import dev.sluice.stage.decode.Decoded;
import dev.sluice.stage.decode.MessagePlan;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.encoders.RowEncoder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Raw rows become rows of clear columns, or of a reason. What comes out must not be kept. */
final class DecodeRows {
  private static final int FIXED = 8;

  private DecodeRows() {}

  static Dataset<Row> of(Dataset<Row> raw, DataContract contract) {
    MessagePlan plan = new MessagePlan(contract);
    MapPartitionsFunction<Row, Row> decode = rows -> decode(rows, new DecodeRecord(plan));
    return raw.select(
            col(Lake.EDITION),
            col("lane"),
            col("sequence"),
            unix_micros(col("landed_at")),
            col("value"),
            fileOfRow())
        .mapPartitions(decode, RowEncoder.encoderFor(schema(contract), true));
  }

  /** What a row says of the file it comes from; null for a message of a topic. */
  private static Column fileOfRow() {
    Column first = try_element_at(col("headers"), lit(1));
    return when(
        col("lane")
            .startsWith(Lane.ofDrop("").name())
            .and(first.getField("key").equalTo(lit(DecodeRecord.HEADER))),
        first.getField("value"));
  }

  private static Iterator<Row> decode(Iterator<Row> rows, DecodeRecord decoder) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return decode(rows.next(), decoder);
      }
    };
  }

  private static Row decode(Row raw, DecodeRecord decoder) {
    byte @Nullable [] value = (byte[]) raw.get(4);
    Decoded decoded = decoder.decode(value, (byte[]) raw.get(5), raw.getLong(3));
    @Nullable Object[] out = new Object[FIXED + decoded.values().length];
    out[0] = raw.get(0);
    out[1] = raw.get(1);
    out[2] = raw.get(2);
    out[3] = value == null ? 0 : value.length;
    out[4] = value;
    out[5] = decoded.reason().map(Enum::name).orElse(null);
    out[6] = decoded.field().orElse(null);
    out[7] = decoded.unknown().length == 0 ? null : decoded.unknown();
    System.arraycopy(decoded.values(), 0, out, FIXED, decoded.values().length);
    return RowFactory.create(out);
  }

  private static StructType schema(DataContract contract) {
    StructType schema =
        new StructType()
            .add(Columns.RAW_EDITION, DataTypes.LongType, false)
            .add(Columns.LANE, DataTypes.StringType, false)
            .add(Columns.SEQUENCE, DataTypes.LongType, false)
            .add(Columns.SIZE, DataTypes.IntegerType, false)
            .add(Columns.VALUE, DataTypes.BinaryType, true)
            .add(Columns.REASON, DataTypes.StringType, true)
            .add(Columns.FIELD, DataTypes.StringType, true)
            .add(Columns.UNKNOWN, DataTypes.createArrayType(DataTypes.StringType), true);
    for (StageColumn column : contract.stage().columns()) {
      schema = schema.add(column.name(), DataType.fromDDL(column.source().type().ddl()), true);
    }
    return schema;
  }
}
