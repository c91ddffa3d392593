package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of an interval that repeat an event, kept until they are written.
 *
 * @param rows raw_edition, lane, sequence, size, reason, duplicate_of_lane, duplicate_of_sequence
 * @param count how many there are
 * @param conflicts how many of them say something else than the row that was kept
 * @param held what is kept in memory for it
 * @param few where they lie, unless there are many
 * @param inStage hashes of those keys of the interval that stand anywhere in stage, and perhaps of
 *     more; empty when only a part of stage was looked through
 */
record Duplicates(
    Dataset<Row> rows,
    long count,
    long conflicts,
    Optional<KeptRows> held,
    Optional<Places> few,
    Optional<KeyHashes> inStage)
    implements AutoCloseable {
  /** The same event again. */
  static final String SAME_EVENT = "SAME_EVENT";

  /** The key of an event with other content; its bytes are kept aside. */
  static final String CONFLICTING_PAYLOAD = "CONFLICTING_PAYLOAD";

  private static final StructType COLUMNS =
      new StructType()
          .add("raw_edition", DataTypes.LongType, false)
          .add("lane", DataTypes.StringType, false)
          .add("sequence", DataTypes.LongType, false)
          .add("size", DataTypes.IntegerType, false)
          .add("reason", DataTypes.StringType, false)
          .add("duplicate_of_lane", DataTypes.StringType, false)
          .add("duplicate_of_sequence", DataTypes.LongType, false);

  /** Many, which stay where they were found. */
  Duplicates(KeptRows held, long count, long conflicts) {
    this(held.rows(), count, conflicts, Optional.of(held), Optional.empty(), Optional.empty());
  }

  /** Few, which the driver has. */
  static Duplicates few(SparkSession spark, List<Row> rows) {
    long conflicts =
        rows.stream()
            .filter(row -> row.getString(COLUMNS.fieldIndex("reason")).equals(CONFLICTING_PAYLOAD))
            .count();
    return new Duplicates(
        spark.createDataFrame(rows, COLUMNS),
        rows.size(),
        conflicts,
        Optional.empty(),
        Optional.of(Places.ofDuplicates(rows)),
        Optional.empty());
  }

  /** The same, with what is known of all of stage. */
  Duplicates knowing(Optional<KeyHashes> keysInStage) {
    return new Duplicates(rows, count, conflicts, held, few, keysInStage);
  }

  static Column[] columns() {
    return Arrays.stream(COLUMNS.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
  }

  static Duplicates none(SparkSession spark) {
    return few(spark, List.of());
  }

  @Override
  public void close() {
    held.ifPresent(KeptRows::close);
  }
}
