package dev.sluice.pipelines.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a partition holds, from its beginning to its present end. */
final class ReadTopic {
  private ReadTopic() {}

  static List<ConsumerRecord<byte[], byte[]>> records(String bootstrap, String topic, int number) {
    Properties settings = new Properties();
    settings.setProperty("bootstrap.servers", bootstrap);
    TopicPartition partition = new TopicPartition(topic, number);
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
      Map<TopicPartition, Long> end = consumer.endOffsets(Set.of(partition));
      while (consumer.position(partition) < end.get(partition)) {
        consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
      }
    }
    return all;
  }

  static List<byte[]> values(String bootstrap, String topic, int number) {
    return records(bootstrap, topic, number).stream().map(ConsumerRecord::value).toList();
  }
}
