package dev.sluice.stage;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.publishing.AuditMark;
import dev.sluice.stage.EventDays.Stretch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import scala.reflect.ClassTag$;

/**
 * Finds the rows of an interval that repeat an event: one of the interval, or one in stage within
 * the window of its event time. Of all rows only hashes of their keys are compared, in the driver
 * and where stage is read; whole keys and times are brought together for suspects only, whose hash
 * occurs twice.
 */
final class FindDuplicates {
  /** Up to this many suspects are judged in the driver, by one job instead of three. */
  private static final int FEW = 50_000;

  private final Promoting promoting;
  private final DataContract contract;
  private final List<Stretch> stretches;
  private final Dataset<Row> standing;
  private final boolean everywhere;

  FindDuplicates(Promoting promoting, Conformed conformed) {
    this(
        promoting,
        conformed,
        promoting.stageRows(),
        KeyRule.of(promoting.contract()).isPresent()
            && AuditMark.isOn(
                promoting.lake().table(promoting.stage()).currentSnapshot(),
                promoting.contract(),
                promoting.run()));
  }

  /**
   * @param standing the rows of stage that may be repeated
   */
  FindDuplicates(Promoting promoting, Conformed conformed, Dataset<Row> standing) {
    this(promoting, conformed, standing, false);
  }

  private FindDuplicates(
      Promoting promoting, Conformed conformed, Dataset<Row> standing, boolean everywhere) {
    this.standing = standing;
    this.everywhere = everywhere;
    this.promoting = promoting;
    this.contract = promoting.contract();
    this.stretches = EventDays.around(conformed.days(), contract.stage().duplicatesWithin());
  }

  Duplicates among(Conformed conformed, Head stage) {
    if (conformed.good() == 0 || contract.stage().key().isEmpty()) {
      return Duplicates.none(promoting.lake().spark());
    }
    Dataset<Row> keyed = conformed.goodRows().where(col(Columns.KEY).isNotNull());
    if (stage.edition() == 0) {
      long suspects = conformed.again() + conformed.repeated().size();
      return judged(keyed, conformed.repeated(), Optional.empty(), suspects);
    }
    try (KeptRows earlier = KeptRows.of(earlier(conformed.keys()))) {
      List<long[]> hashes = earlier.eachTask(hashes());
      KeyHashes inStage = new KeyHashes().and(hashes);
      KeyHashes suspect = conformed.repeated().and(inStage);
      long ofStage = hashes.stream().mapToLong(each -> each.length).sum();
      return judged(
              keyed,
              suspect,
              Optional.of(earlier.rows()).filter(rows -> ofStage > 0),
              ofStage + conformed.again() + suspect.size())
          .knowing(Optional.of(inStage).filter(known -> everywhere));
    }
  }

  /**
   * @param atMost so many suspects there are, or fewer
   */
  private Duplicates judged(
      Dataset<Row> keyed, KeyHashes suspect, Optional<Dataset<Row>> earlier, long atMost) {
    if (suspect.isEmpty()) {
      return Duplicates.none(promoting.lake().spark());
    }
    Dataset<Row> fresh = fresh(keyed, suspect);
    Dataset<Row> suspects = earlier.map(fresh::union).orElse(fresh);
    KeepFirst keepFirst = new KeepFirst(contract.stage().duplicatesWithin().toNanos() / 1000);
    CompareContent compare = new CompareContent(promoting, stretches);
    if (areFew(atMost)) {
      return compare.of(keepFirst.among(suspects.collectAsList()));
    }
    Dataset<Row> found =
        suspects
            .repartition(col(Columns.KEY))
            .sortWithinPartitions(
                Columns.KEY, "fresh", Columns.RAW_EDITION, Columns.LANE, Columns.SEQUENCE)
            .mapPartitions(keepFirst, Encoders.row(KeepFirst.DUPLICATE));
    try (KeptRows kept = KeptRows.of(found)) {
      return compare.of(kept);
    }
  }

  private static boolean areFew(long suspects) {
    return suspects <= FEW;
  }

  /** The key hashes of each task's suspects. */
  private static FlatMapFunction<Iterator<InternalRow>, long[]> hashes() {
    return rows -> {
      LongStream.Builder hashes = LongStream.builder();
      rows.forEachRemaining(row -> hashes.add(row.getLong(0)));
      return List.of(hashes.build().toArray()).iterator();
    };
  }

  /**
   * Rows of stage with a key hash of ours: those that may be repeated, in the right stretch of
   * time; or of all times, where a set rule asks for them anyway.
   */
  private Dataset<Row> earlier(KeyHashes ours) {
    String time = contract.stage().eventTime().column();
    String type = contract.stage().column(time).orElseThrow().type().ddl();
    return suspects(
        standing
            .where(everywhere ? lit(true) : EventDays.within(stretches, time, type))
            .withColumn(Columns.KEY, ConformRows.keyHash(contract))
            .where(isOneOf(ours))
            .withColumn(Columns.AT, ConformRows.at(contract))
            .withColumn(Columns.SIZE, lit(null).cast("int"))
            .withColumn("content", lit(null).cast("bigint")),
        false);
  }

  private Dataset<Row> fresh(Dataset<Row> keyed, KeyHashes suspect) {
    return suspects(
        keyed.where(isOneOf(suspect)).withColumn("content", StageRows.content(contract)), true);
  }

  private Column isOneOf(KeyHashes hashes) {
    Broadcast<KeyHashes> sent =
        promoting
            .lake()
            .spark()
            .sparkContext()
            .broadcast(hashes, ClassTag$.MODULE$.apply(KeyHashes.class));
    UDF1<Long, Boolean> found = hash -> hash != null && sent.value().contains(hash);
    return udf(found, DataTypes.BooleanType).apply(col(Columns.KEY));
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
