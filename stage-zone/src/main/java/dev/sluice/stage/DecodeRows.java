package dev.sluice.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.sluice.catalog.contract.Canary;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ProducerVersions;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.stage.decode.DecodeRecord;
import dev.sluice.stage.decode.Decoded;
import dev.sluice.stage.decode.MessagePlan;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/**
 * Raw rows become rows of clear columns, or of a reason. What comes out must not be kept. Works on
 * the form in which Spark has rows: by way of {@code Row} and encoders it would turn each value
 * over twice more.
 */
final class DecodeRows {
  private static final int FIXED = 8;

  private DecodeRows() {}

  static Dataset<Row> of(Dataset<Row> raw, DataContract contract) {
    MessagePlan plan = new MessagePlan(contract);
    StructType schema = schema(contract);
    FlatMapFunction<Iterator<InternalRow>, InternalRow> decode =
        rows -> decode(rows, new DecodeRecord(plan), schema);
    JavaRDD<InternalRow> decoded =
        raw.select(
                col(Lake.EDITION),
                col("lane"),
                col("sequence"),
                unix_micros(col("landed_at")),
                col("value"),
                fileOfRow(),
                isCanary(),
                versionOfRow(contract))
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(decode);
    SparkSession session = (SparkSession) raw.sparkSession();
    return session.internalCreateDataFrame(decoded.rdd(), schema, false);
  }

  /** Whether a message of a topic was sent to be missed if it does not come. */
  private static Column isCanary() {
    return coalesce(
        not(col("lane").startsWith(Lane.ofDrop("").name()))
            .and(try_element_at(col("headers"), lit(1)).getField("key").equalTo(Canary.HEADER)),
        lit(false));
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

  /** What the newest header of the producer's version holds; null where the contract has none. */
  private static Column versionOfRow(DataContract contract) {
    return contract
        .evolution()
        .producers()
        .filter(ProducerVersions::isHeader)
        .map(
            producers ->
                try_element_at(
                        filter(
                            col("headers"),
                            header -> header.getField("key").equalTo(lit(producers.place()))),
                        lit(-1))
                    .getField("value"))
        .orElse(lit(null).cast("binary"));
  }

  /** Each row is used up before the next one is asked for, as everywhere within a task. */
  private static Iterator<InternalRow> decode(
      Iterator<InternalRow> rows, DecodeRecord decoder, StructType schema) {
    List<Function1<Object, Object>> toSpark =
        Arrays.stream(schema.fields())
            .map(field -> CatalystTypeConverters.createToCatalystConverter(field.dataType()))
            .toList();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        InternalRow raw = rows.next();
        return raw.getBoolean(6) ? canary(raw, schema.length()) : decoded(raw, decoder, toSpark);
      }
    };
  }

  /** Its place and why it goes no further; its bytes are nobody's business. */
  private static InternalRow canary(InternalRow raw, int columns) {
    @Nullable Object[] out = new Object[columns];
    out[0] = raw.getLong(0);
    out[1] = raw.getUTF8String(1);
    out[2] = raw.getLong(2);
    out[3] = 0;
    out[5] = UTF8String.fromString(Canary.REASON);
    return new GenericInternalRow(out);
  }

  private static InternalRow decoded(
      InternalRow raw, DecodeRecord decoder, List<Function1<Object, Object>> toSpark) {
    byte @Nullable [] value = raw.isNullAt(4) ? null : raw.getBinary(4);
    byte @Nullable [] file = raw.isNullAt(5) ? null : raw.getBinary(5);
    byte @Nullable [] version = raw.isNullAt(7) ? null : raw.getBinary(7);
    Decoded decoded = decoder.decode(value, file, version, raw.getLong(3));
    @Nullable Object[] out = new Object[FIXED + decoded.values().length];
    out[0] = raw.getLong(0);
    out[1] = raw.getUTF8String(1);
    out[2] = raw.getLong(2);
    out[3] = value == null ? 0 : value.length;
    out[4] = value;
    out[5] = decoded.reason().map(reason -> UTF8String.fromString(reason.name())).orElse(null);
    out[6] = decoded.field().map(UTF8String::fromString).orElse(null);
    out[7] = decoded.unknown().length == 0 ? null : toSpark.get(7).apply(decoded.unknown());
    for (int i = FIXED; i < out.length; i++) {
      Object clear = decoded.values()[i - FIXED];
      out[i] = clear == null ? null : toSpark.get(i).apply(clear);
    }
    return new GenericInternalRow(out);
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
