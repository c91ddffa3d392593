package dev.sluice.raw.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.encoders.RowEncoder;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** The records of several files as rows of a raw table, read where they are written. */
final class FileRows {
  private static final StructType SCHEMA =
      new StructType()
          .add("lane", DataTypes.StringType, false)
          .add("sequence", DataTypes.LongType, false)
          .add("source_time", DataTypes.TimestampType, false)
          .add("landed_at", DataTypes.TimestampType, false)
          .add("key", DataTypes.BinaryType, true)
          .add("value", DataTypes.BinaryType, true)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType, false)
                      .add("value", DataTypes.BinaryType, true)),
              true);

  private FileRows() {}

  static Dataset<Row> of(
      SparkSession spark, List<NumberedFile> files, FileForm form, String lane, Instant landedAt) {
    List<ArrayList<NumberedFile>> parts =
        InParallel.of(
            files, f -> f.looked().file().size(), spark.sparkContext().defaultParallelism());
    SerializableConfiguration hadoop = new SerializableConfiguration(LookAtFiles.hadoop(spark));
    FlatMapFunction<Long, Row> read =
        part ->
            new OneAfterTheOther<>(
                parts.get(part.intValue()).iterator(),
                f -> new RowsOfFile(f, form, lane, landedAt, hadoop.value()));
    return spark
        .range(0, parts.size(), 1, parts.size())
        .flatMap(read, RowEncoder.encoderFor(SCHEMA, true));
  }
}
