package dev.sluice.pipelines.services;

import dev.sluice.pipelines.registry.ServiceMissing;
import dev.sluice.pipelines.runner.WrongUsage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends each line of a stream to a topic as one message, byte for byte. Messages with a key go
 * where Kafka's hash of the key says, message n without one to partition n modulo their number, so
 * that the same input always lies the same way. The order within a partition is the order of lines.
 * Nothing is sent twice by a retry, but a repeated call sends everything again.
 */
public final class ProduceMessages {
  private static final int MAX_BYTES = 16 * 1024 * 1024;
  private static final int OVERHEAD = 64 * 1024;
  private static final long SAY_EVERY = 100_000;

  private final String bootstrap;
  private final Map<String, String> options;

  /**
   * @param options further options of the Kafka client, such as those for authentication
   */
  public ProduceMessages(String bootstrap, Map<String, String> options) {
    this.bootstrap = bootstrap;
    this.options = Map.copyOf(options);
  }

  /**
   * Where messages go.
   *
   * @param partitions number of partitions if the topic has to be made
   * @param keyPointer JSON pointer (RFC 6901) to the field that becomes the key
   */
  public record Destination(String topic, int partitions, Optional<String> keyPointer) {
    public Destination {
      if (!topic.matches("[A-Za-z0-9._-]{1,249}") || topic.matches("\\.{1,2}")) {
        throw new IllegalArgumentException(
            "A topic has letters, digits, '.', '_' and '-' only, at most 249; got '" + topic + "'");
      }
      if (partitions < 1) {
        throw new WrongUsage("A topic needs at least one partition; got " + partitions);
      }
    }
  }

  /** What was acknowledged by the broker. */
  public record Sent(long messages, long bytes) {}

  /**
   * Sends all lines and waits until the broker has them.
   *
   * @throws ServiceMissing when the broker does not answer
   * @throws WrongUsage when a line is longer than a message may be; says which
   * @throws IOException when the input cannot be read
   */
  public Sent send(InputStream in, Destination to, Consumer<String> progress) throws IOException {
    int partitions = partitionsOf(to, progress);
    MessageKey key = new MessageKey(to.keyPointer());
    SplitLines lines = lines(in);
    AtomicReference<Refusal> refusal = new AtomicReference<>();
    long bytes = 0;
    try (var producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Optional<byte[]> next = lines.next(); next.isPresent(); next = lines.next()) {
        byte[] value = next.get();
        long line = lines.line();
        producer.send(
            record(to.topic(), key.of(value), value, (int) ((line - 1) % partitions)),
            (metadata, error) -> {
              if (error != null) {
                refusal.compareAndSet(null, new Refusal(line, error));
              }
            });
        bytes += value.length;
        check(refusal);
        if (line % SAY_EVERY == 0) {
          progress.accept("sent " + line + " messages to " + to.topic());
        }
      }
      producer.flush();
      check(refusal);
    }
    return new Sent(lines.line(), bytes);
  }

  /** The lines of an input, each as long as a message may be. */
  static SplitLines lines(InputStream in) {
    return new SplitLines(in, MAX_BYTES - OVERHEAD);
  }

  private record Refusal(long line, Exception error) {}

  private void check(AtomicReference<Refusal> refusal) {
    Refusal first = refusal.get();
    if (first == null) {
      return;
    }
    String what =
        "line "
            + first.line()
            + " was not taken ("
            + first.error().getClass().getSimpleName()
            + "); lines before it may be there, later ones may be too";
    if (first.error() instanceof RecordTooLargeException) {
      throw new WrongUsage(
          "Expected messages within the topic's max.message.bytes; " + what + ". Raise the limit");
    }
    throw new ServiceMissing(
        "Kafka", bootstrap, "kafka.bootstrap", new IOException(what, first.error()));
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, Optional<byte[]> key, byte[] value, int partition) {
    return key.map(k -> new ProducerRecord<>(topic, k, value))
        .orElseGet(() -> new ProducerRecord<>(topic, partition, (byte[]) null, value));
  }

  private int partitionsOf(Destination to, Consumer<String> progress) {
    try (Admin admin = Admin.create(settings())) {
      try {
        NewTopic topic = new NewTopic(to.topic(), Optional.of(to.partitions()), Optional.empty());
        admin.createTopics(List.of(topic)).all().get();
        progress.accept("made topic " + to.topic() + " with " + to.partitions() + " partitions");
        return to.partitions();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
        return admin
            .describeTopics(Set.of(to.topic()))
            .allTopicNames()
            .get()
            .values()
            .iterator()
            .next()
            .partitions()
            .size();
      }
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ServiceMissing("Kafka", bootstrap, "kafka.bootstrap", cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceMissing("Kafka", bootstrap, "kafka.bootstrap", e);
    }
  }

  private Properties settings() {
    Properties p = new Properties();
    p.setProperty("compression.type", "lz4");
    p.setProperty("linger.ms", "20");
    p.setProperty("batch.size", Integer.toString(256 * 1024));
    p.setProperty("buffer.memory", Integer.toString(64 * 1024 * 1024));
    p.setProperty("max.block.ms", "30000");
    p.setProperty("default.api.timeout.ms", "15000");
    p.setProperty("request.timeout.ms", "15000");
    p.putAll(options);
    p.setProperty("bootstrap.servers", bootstrap);
    p.setProperty("client.id", "sluice-produce");
    p.setProperty("acks", "all");
    p.setProperty("enable.idempotence", "true");
    // A partition whose leader is only just there may refuse the first batch and take the second as
    // the producer's first; then the first is out of order for good (seen on a new topic).
    p.setProperty("max.in.flight.requests.per.connection", "1");
    p.setProperty("max.request.size", Integer.toString(MAX_BYTES));
    return p;
  }
}
