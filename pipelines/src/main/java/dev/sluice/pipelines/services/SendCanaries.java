package dev.sluice.pipelines.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.contract.Canary;
import dev.sluice.catalog.position.Lane;
import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.registry.ServiceMissing;
import dev.sluice.pipelines.status.KafkaEnds;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends one canary to each partition of a topic. */
public final class SendCanaries {
  private final SluiceConfig.Kafka kafka;

  public SendCanaries(SluiceConfig.Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * By lane, the offset at which the canary lies; empty when there is no such topic.
   *
   * @throws ServiceMissing when the broker does not answer or does not take a canary
   */
  public SortedMap<Lane, Long> to(String topic, String id) {
    SortedMap<Lane, Future<RecordMetadata>> sent = new TreeMap<>();
    SortedMap<Lane, Long> ends = new KafkaEnds(kafka).of(topic);
    if (ends.isEmpty()) {
      return new TreeMap<>();
    }
    byte[] text = id.getBytes(UTF_8);
    List<Header> headers = List.of(new RecordHeader(Canary.HEADER, text));
    try (var producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Lane lane : ends.keySet()) {
        int partition = Integer.parseInt(lane.name().substring(lane.name().lastIndexOf('/') + 1));
        sent.put(
            lane,
            producer.send(
                new ProducerRecord<>(
                    topic, partition, Canary.HEADER.getBytes(UTF_8), text, headers)));
      }
      producer.flush();
    }
    SortedMap<Lane, Long> places = new TreeMap<>();
    sent.forEach((lane, future) -> places.put(lane, offset(future)));
    return places;
  }

  private long offset(Future<RecordMetadata> sent) {
    try {
      return sent.get().offset();
    } catch (ExecutionException e) {
      throw new ServiceMissing("Kafka", kafka.bootstrap(), "kafka.bootstrap", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending canaries", e);
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.putAll(kafka.options());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return settings;
  }
}
