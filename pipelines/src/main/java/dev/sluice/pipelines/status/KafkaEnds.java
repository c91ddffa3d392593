package dev.sluice.pipelines.status;

import dev.sluice.catalog.position.Lane;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.ServiceMissing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Where the lanes of a topic end now. */
public final class KafkaEnds {
  private final SluiceConfig.Kafka kafka;

  public KafkaEnds(SluiceConfig.Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * End offsets by lane; empty when the topic does not exist.
   *
   * @throws ServiceMissing when no broker answers
   */
  public SortedMap<Lane, Long> of(String topic) {
    return of(topic, OffsetSpec.latest());
  }

  /**
   * By lane, the offset of the first message that was sent at this time or later; lanes without
   * such a message are missing.
   *
   * @throws ServiceMissing when no broker answers
   */
  public SortedMap<Lane, Long> from(String topic, Instant time) {
    SortedMap<Lane, Long> found = of(topic, OffsetSpec.forTimestamp(time.toEpochMilli()));
    found.values().removeIf(offset -> offset < 0);
    return found;
  }

  private SortedMap<Lane, Long> of(String topic, OffsetSpec spec) {
    try (Admin admin = Admin.create(properties())) {
      return ends(admin, topic, spec);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return new TreeMap<>();
      }
      throw missing(e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw missing(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking for offsets", e);
    }
  }

  private SortedMap<Lane, Long> ends(Admin admin, String topic, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(List.of(topic)).allTopicNames().get().values().iterator().next();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    description
        .partitions()
        .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), spec));
    SortedMap<Lane, Long> ends = new TreeMap<>();
    admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach(
            (partition, info) ->
                ends.put(
                    Lane.ofKafka(
                        kafka.cluster(),
                        topic,
                        description.topicId().toString(),
                        partition.partition()),
                    info.offset()));
    return ends;
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(kafka.options());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return properties;
  }

  private ServiceMissing missing(Throwable cause) {
    return new ServiceMissing("Kafka", kafka.bootstrap(), "kafka.bootstrap", cause);
  }
}
