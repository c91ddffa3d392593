package dev.sluice.raw;

import dev.sluice.catalog.run.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a partition by Kafka's own client, up to the first {@link OtherTimes}. */
final class FindOtherTimes {
  private static final int MOST_MESSAGES = 10_000;
  private static final long MOST_BYTES = 16L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaSource source;

  FindOtherTimes(KafkaSource source) {
    this.source = source;
  }

  /**
   * The first ones of a partition; empty when there are none.
   *
   * @param from where reading goes on
   * @param offsets how many are looked at
   * @throws SourceUnavailable when the broker gives nothing for long
   */
  Optional<OtherTimes> in(String topic, KafkaTopic.Progress from, long offsets) {
    TopicPartition partition = new TopicPartition(topic, from.partition());
    long until = Math.min(from.offsets().end(), from.next() + offsets);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    long bytes = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from.next());
      while (consumer.position(partition) < until) {
        for (ConsumerRecord<byte[], byte[]> message : next(consumer, partition)) {
          boolean ends = message.offset() >= until || found.size() == MOST_MESSAGES;
          if (OtherTimes.isOne(message) && !ends && bytes < MOST_BYTES) {
            found.add(message);
            bytes += Math.max(0, message.serializedValueSize());
          } else if (!found.isEmpty() || ends) {
            return someOf(found);
          }
        }
      }
    }
    return someOf(found);
  }

  private static Optional<OtherTimes> someOf(List<ConsumerRecord<byte[], byte[]>> found) {
    return found.isEmpty() ? Optional.empty() : Optional.of(new OtherTimes(found));
  }

  private Iterable<ConsumerRecord<byte[], byte[]>> next(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    long before = consumer.position(partition);
    var messages = consumer.poll(PATIENCE).records(partition);
    if (messages.isEmpty() && consumer.position(partition) == before) {
      throw new SourceUnavailable(
          FailureKind.TRANSIENT,
          source
              + " gave nothing of "
              + partition
              + " from offset "
              + before
              + " on, where messages should be. Run landing again"
              + " (docs/runbooks/service-missing.md)");
    }
    return messages;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(source.clientSettings());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
