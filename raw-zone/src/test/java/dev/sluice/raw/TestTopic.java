package dev.sluice.raw;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of a test and what happens to it. */
final class TestTopic implements AutoCloseable {
  private final KafkaSource source;
  private final String name;
  private final Admin admin;

  private TestTopic(KafkaSource source, String name) {
    this.source = source;
    this.name = name;
    Map<String, Object> settings = new HashMap<>(source.clientSettings());
    settings.put("request.timeout.ms", "10000");
    settings.put("default.api.timeout.ms", "20000");
    this.admin = Admin.create(settings);
  }

  static TestTopic create(KafkaSource source, String name, int partitions) {
    return create(source, name, partitions, Map.of());
  }

  static TestTopic create(
      KafkaSource source, String name, int partitions, Map<String, String> settings) {
    TestTopic topic = new TestTopic(source, name);
    try {
      topic.create(partitions, settings);
    } catch (RuntimeException e) {
      topic.close();
      throw e;
    }
    return topic;
  }

  private void create(int partitions, Map<String, String> settings) {
    NewTopic wanted = new NewTopic(name, Optional.of(partitions), Optional.empty());
    done(admin.createTopics(List.of(wanted.configs(settings))).all());
  }

  /** Deletes the topic and makes another of the same name. */
  void recreate(int partitions) {
    remove();
    create(partitions, Map.of());
  }

  void remove() {
    done(admin.deleteTopics(List.of(name)).all());
  }

  void grow(int partitions) {
    done(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all());
  }

  /** What retention does: messages before the offset are gone. */
  void expire(int partition, long before) {
    done(
        admin
            .deleteRecords(
                Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(before)))
            .all());
  }

  void send(int partition, String... values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String value : values) {
      records.add(
          new ProducerRecord<>(name, partition, null, value.getBytes(StandardCharsets.UTF_8)));
    }
    send(records);
  }

  void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (var producer = producer(Map.of())) {
      records.forEach(producer::send);
    }
  }

  ProducerRecord<byte[], byte[]> record(int partition, byte[] key, byte[] value) {
    return new ProducerRecord<>(name, partition, key, value);
  }

  ProducerRecord<byte[], byte[]> recordAt(int partition, long time, String value) {
    return new ProducerRecord<>(
        name, partition, time, null, value.getBytes(StandardCharsets.UTF_8));
  }

  KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(source.clientSettings());
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4_000_000);
    all.putAll(settings);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** How many messages of a partition a consumer gets. */
  long readable(int partition) {
    TopicPartition assigned = new TopicPartition(name, partition);
    Map<String, Object> settings = new HashMap<>(source.clientSettings());
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(assigned));
      consumer.seekToBeginning(List.of(assigned));
      long end = consumer.endOffsets(List.of(assigned)).get(assigned);
      long count = 0;
      while (consumer.position(assigned) < end) {
        count += consumer.poll(Duration.ofMillis(200)).count();
      }
      return count;
    }
  }

  KafkaTopic described() {
    try (DescribeTopic broker = new DescribeTopic(source)) {
      return broker.named(name);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private static void done(KafkaFuture<?> future) {
    try {
      future.get(300, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
