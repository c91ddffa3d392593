package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a raw table has taken of its topic, beside what the broker holds of it. */
record TakenOfTopic(Position taken, KafkaTopic topic) {

  /**
   * As it is now.
   *
   * @throws SourceUnavailable when the broker or the topic is not there
   */
  static TakenOfTopic now(RawTable table, DescribeTopic broker) {
    String topic = table.contract().source().topic(table.tenant());
    return now(() -> table.head().lanes(), () -> broker.named(topic));
  }

  /**
   * The head is read first, since the broker's end must not be older than it; what another instance
   * takes in between may still look like a loss, so a loss is looked at twice.
   */
  static TakenOfTopic now(Supplier<Position> head, Supplier<KafkaTopic> topic) {
    TakenOfTopic first = read(head, topic);
    return first.losses().isEmpty() ? first : read(head, topic);
  }

  private static TakenOfTopic read(Supplier<Position> head, Supplier<KafkaTopic> topic) {
    Position taken = head.get();
    return new TakenOfTopic(taken, topic.get());
  }

  List<Loss> losses() {
    return DetectLoss.between(taken, topic);
  }

  /** What lies before the first offset to read on lanes that were never taken from. */
  AlreadyGone gone() {
    TreeMap<Lane, LaneRange> gone = new TreeMap<>();
    for (KafkaTopic.Progress partition : topic.after(taken)) {
      long from = taken.at(partition.lane());
      if (partition.next() > from) {
        gone.put(partition.lane(), new LaneRange(from, partition.next()));
      }
    }
    return new AlreadyGone(gone);
  }

  /** What can be read now, of every partition. */
  SortedMap<Lane, LaneRange> pending() {
    TreeMap<Lane, LaneRange> pending = new TreeMap<>();
    topic.after(taken).forEach(each -> pending.put(each.lane(), each.pending()));
    return pending;
  }
}
