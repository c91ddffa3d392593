package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.tables.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Commits micro-batches: the rows of each and the ends of its lanes together. Where a batch starts
 * is what this query itself has reached, never the table's head, which another writer may have
 * moved meanwhile; the guard compares the two. A batch that was taken already is passed over.
 */
final class CommitBatch {
  private final RawTable table;
  private final DescribeTopic broker;
  private final KafkaTopic topic;
  private final Clock clock;
  private final Landed landed;
  private volatile Position reached;

  /** Is told how many rows a commit added and how long reading and writing them took. */
  interface Landed {
    void rows(long added, Duration took);
  }

  /**
   * @param start where the query starts to read
   * @param landed is told of each commit
   */
  CommitBatch(
      RawTable table,
      DescribeTopic broker,
      KafkaTopic topic,
      Position start,
      Clock clock,
      Landed landed) {
    this.table = table;
    this.broker = broker;
    this.topic = topic;
    this.reached = start;
    this.clock = clock;
    this.landed = landed;
  }

  /** Up to where this query has committed. */
  Position reached() {
    return reached;
  }

  /**
   * @param ends up to where each partition was read, exclusive
   */
  void commit(Dataset<Row> records, Map<Integer, Long> ends) {
    requireSameTopic();
    Map<Lane, LaneRange> ranges = new TreeMap<>();
    ends.forEach(
        (partition, end) -> {
          Lane lane = topic.lane(partition);
          ranges.put(lane, new LaneRange(reached.at(lane), end));
        });
    long begin = System.nanoTime();
    try {
      long added = table.append(RawRows.of(records, topic, clock.instant()), ranges);
      landed.rows(added, Duration.ofNanos(System.nanoTime() - begin));
    } catch (Refused refused) {
      if (refused.why() != Refused.Why.ALREADY_TAKEN) {
        throw refused;
      }
    }
    reached = reached.advancedBy(ranges);
  }

  private void requireSameTopic() {
    String id = broker.idOf(topic.name());
    if (!id.equals(topic.id())) {
      throw new TopicReplaced(topic.name(), topic.id(), id);
    }
  }
}
