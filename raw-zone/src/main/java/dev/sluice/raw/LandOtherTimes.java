package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Leads landing past {@link OtherTimes}: what lies before them on their lane, and they themselves,
 * in one commit.
 */
record LandOtherTimes(RawTable table, KafkaSource source, Clock clock) {

  /**
   * What has landed.
   *
   * @param reached where reading goes on
   * @param other how many of the rows have another time
   */
  record Landed(Position reached, long rows, long other) {}

  /** The first ones behind a position; empty when there are none in a batch's reach. */
  Optional<Landed> after(Position reached, KafkaTopic topic) {
    FindOtherTimes find = new FindOtherTimes(source);
    for (KafkaTopic.Progress each : topic.after(reached)) {
      Optional<OtherTimes> found =
          find.in(topic.name(), each, table.contract().source().maxRowsPerBatch());
      if (found.isPresent()) {
        return Optional.of(land(reached, topic, each, found.get()));
      }
    }
    return Optional.empty();
  }

  private Landed land(
      Position reached, KafkaTopic topic, KafkaTopic.Progress from, OtherTimes found) {
    SparkSession spark = table.lake().spark();
    Dataset<Row> before = before(spark, topic.name(), from, found.first());
    Dataset<Row> all = before.union(spark.createDataFrame(found.records(), before.schema()));
    Map<Lane, LaneRange> range =
        Map.of(from.lane(), new LaneRange(reached.at(from.lane()), found.next()));
    long rows = table.append(RawRows.of(all, topic, clock.instant()), range);
    return new Landed(reached.advancedBy(range), rows, found.messages().size());
  }

  private Dataset<Row> before(
      SparkSession spark, String topic, KafkaTopic.Progress from, long until) {
    KafkaTopic.Progress end =
        new KafkaTopic.Progress(from.partition(), from.lane(), until, from.offsets());
    return spark
        .read()
        .format("kafka")
        .options(source.sparkOptions())
        .option("assign", "{\"" + topic + "\":[" + from.partition() + "]}")
        .option("startingOffsets", StartingOffsets.json(topic, List.of(from)))
        .option("endingOffsets", StartingOffsets.json(topic, List.of(end)))
        .option("includeHeaders", true)
        .option("failOnDataLoss", true)
        .load()
        .select("partition", "offset", "timestamp", "key", "value", "headers");
  }
}
