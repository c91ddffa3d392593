package dev.sluice.stage;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.position.Head;
import dev.sluice.stage.EventDays.Stretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * Finds the rows of an interval that repeat an event: one of the interval, or one in stage within
 * the window of its event time. Only hashes of keys are shuffled for all rows; whole keys and times
 * only for suspects, whose hash occurs twice.
 */
final class FindDuplicates {
  private static final double FALSE_SUSPECTS = 0.01;

  private final Promoting promoting;
  private final DataContract contract;
  private final List<Stretch> stretches;

  FindDuplicates(Promoting promoting, Conformed conformed) {
    this.promoting = promoting;
    this.contract = promoting.contract();
    this.stretches = EventDays.around(conformed.days(), contract.stage().duplicatesWithin());
  }

  Duplicates among(Conformed conformed, Head stage) {
    if (conformed.good() == 0 || contract.stage().key().isEmpty()) {
      return Duplicates.none(promoting.lake().spark());
    }
    Dataset<Row> keyed = conformed.goodRows().where(col(Columns.KEY).isNotNull());
    Dataset<Row> earlier = earlier(keyed, conformed.good(), stage).persist(level());
    Dataset<Row> hashes = suspectHashes(keyed, earlier).persist(level());
    try {
      long suspects = hashes.count();
      return suspects == 0
          ? Duplicates.none(promoting.lake().spark())
          : judged(fresh(keyed, hashes, suspects).union(earlier));
    } finally {
      hashes.unpersist();
      earlier.unpersist();
    }
  }

  private Duplicates judged(Dataset<Row> suspects) {
    long window = contract.stage().duplicatesWithin().toNanos() / 1000;
    Dataset<Row> found =
        suspects
            .repartition(col(Columns.KEY))
            .sortWithinPartitions(
                Columns.KEY, "fresh", Columns.RAW_EDITION, Columns.LANE, Columns.SEQUENCE)
            .mapPartitions(new KeepFirst(window), Encoders.row(KeepFirst.DUPLICATE))
            .persist(level());
    try {
      return new CompareContent(promoting, stretches).of(found);
    } catch (RuntimeException e) {
      found.unpersist();
      throw e;
    }
  }

  private static StorageLevel level() {
    return StorageLevel.MEMORY_AND_DISK();
  }

  /** Hashes of keys that occur twice among the rows, or once there and once in stage. */
  private static Dataset<Row> suspectHashes(Dataset<Row> keyed, Dataset<Row> earlier) {
    Dataset<Row> repeated =
        keyed.groupBy(col(Columns.KEY)).count().where(col("count").gt(1)).select(col(Columns.KEY));
    return repeated.union(earlier.select(col(Columns.KEY))).distinct();
  }

  /** Rows of stage that may be repeated: in the right stretch of time, with a key hash of ours. */
  private Dataset<Row> earlier(Dataset<Row> keyed, long rows, Head stage) {
    String time = contract.stage().eventTime().column();
    String type = contract.stage().column(time).orElseThrow().type().ddl();
    Column near = stage.edition() == 0 ? lit(false) : EventDays.within(stretches, time, type);
    Column ours = stage.edition() == 0 ? lit(false) : mayBeOneOf(keyed, rows);
    return suspects(
        promoting
            .lake()
            .read(promoting.stage())
            .where(near)
            .withColumn(Columns.KEY, ConformRows.keyHash(contract))
            .where(ours)
            .withColumn(Columns.AT, ConformRows.at(contract))
            .withColumn(Columns.SIZE, lit(null).cast("int"))
            .withColumn("content", lit(null).cast("bigint")),
        false);
  }

  private static Column mayBeOneOf(Dataset<Row> keyed, long rows) {
    BloomFilter filter = keyed.stat().bloomFilter(Columns.KEY, rows, FALSE_SUSPECTS);
    UDF1<Long, Boolean> ours = hash -> hash != null && filter.mightContainLong(hash);
    return udf(ours, DataTypes.BooleanType).apply(col(Columns.KEY));
  }

  private Dataset<Row> fresh(Dataset<Row> keyed, Dataset<Row> hashes, long count) {
    Dataset<Row> few = count <= StageRows.BROADCAST_AT_MOST ? broadcast(hashes) : hashes;
    return suspects(
        keyed
            .join(few, keyed.col(Columns.KEY).equalTo(few.col(Columns.KEY)), "left_semi")
            .withColumn("content", StageRows.content(contract)),
        true);
  }

  private Dataset<Row> suspects(Dataset<Row> rows, boolean fresh) {
    return rows.withColumn("fresh", lit(fresh))
        .withColumn("keytext", keyText())
        .select(Arrays.stream(KeepFirst.SUSPECT).map(name -> col(name)).toArray(Column[]::new));
  }

  /** The whole key, exactly: lengths keep its parts apart. */
  private Column keyText() {
    List<Column> parts = new ArrayList<>();
    for (StageColumn column : contract.stage().key()) {
      Column part = col(column.name());
      Column text = column.type() == Simple.BINARY ? base64(part) : part.cast("string");
      parts.add(length(text));
      parts.add(text);
    }
    return concat_ws(":", parts.toArray(Column[]::new));
  }
}
