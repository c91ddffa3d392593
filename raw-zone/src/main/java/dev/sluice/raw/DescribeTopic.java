package dev.sluice.raw;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.run.FailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a broker which topic it has under a name and what its partitions hold. Close it. */
final class DescribeTopic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaSource source;
  private final Admin admin;

  DescribeTopic(KafkaSource source) {
    this.source = source;
    try {
      this.admin = Admin.create(source.clientSettings());
    } catch (KafkaException e) {
      throw new SourceUnavailable(
          FailureKind.SETUP,
          "Expected settings with which "
              + source
              + " can be reached: "
              + reason(e)
              + ". Correct the Kafka section of the configuration",
          e);
    }
  }

  /**
   * The topic as it is now; its ends lie before the first open transaction.
   *
   * @throws SourceUnavailable when the broker or the topic is not there
   */
  KafkaTopic named(String topic) {
    TopicDescription description = description(topic);
    Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    description
        .partitions()
        .forEach(
            partition -> {
              earliest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
              latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            });
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    var first = answer(topic, admin.listOffsets(earliest, committed).all());
    var last = answer(topic, admin.listOffsets(latest, committed).all());
    TreeMap<Integer, KafkaTopic.Offsets> partitions = new TreeMap<>();
    last.forEach(
        (partition, end) ->
            partitions.put(
                partition.partition(),
                new KafkaTopic.Offsets(
                    requireNonNull(first.get(partition)).offset(), end.offset())));
    return new KafkaTopic(source.cluster(), topic, description.topicId().toString(), partitions);
  }

  /** The id that the topic of this name has now. */
  String idOf(String topic) {
    return description(topic).topicId().toString();
  }

  private TopicDescription description(String topic) {
    TopicDescription description =
        answer(topic, admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    if (description == null || description.topicId().equals(Uuid.ZERO_UUID)) {
      throw new SourceUnavailable(
          FailureKind.SETUP,
          source + " gives topic " + topic + " no id; brokers of version 2.8 or later do");
    }
    return description;
  }

  private <T> T answer(String topic, KafkaFuture<T> asked) {
    try {
      return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof UnknownTopicOrPartitionException) {
        throw new TopicMissing(source, topic, cause);
      }
      throw unavailable(
          cause instanceof RetriableException ? FailureKind.TRANSIENT : FailureKind.SETUP, cause);
    } catch (TimeoutException e) {
      throw unavailable(FailureKind.TRANSIENT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(FailureKind.TRANSIENT, e);
    }
  }

  private SourceUnavailable unavailable(FailureKind kind, Throwable cause) {
    return new SourceUnavailable(
        kind,
        source
            + " did not answer as expected: "
            + reason(cause)
            + ". Check that it runs and is reachable under this address (setting kafka.bootstrap;"
            + " docs/runbooks/service-missing.md)",
        cause);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
