package dev.sluice.raw;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Messages one after the other whose Kafka time Spark cannot hold, such as nanoseconds given for
 * milliseconds: it counts microseconds in 64 bits, and its source fails at such a message each time
 * it is read. They land with {@link #LATEST} and keep their own time in a header, {@value #HEADER}.
 */
record OtherTimes(List<ConsumerRecord<byte[], byte[]>> messages) {
  static final String HEADER = "sluice.time";

  /** The last time that every reader of tables has. */
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** Name of the figure that counts them. */
  static final String NOTE = "otherTimes";

  private static final long MOST_MILLIS = Long.MAX_VALUE / 1000;

  OtherTimes {
    messages = List.copyOf(messages);
  }

  static boolean isOne(ConsumerRecord<byte[], byte[]> message) {
    return message.timestamp() > MOST_MILLIS;
  }

  /** Whether reading may have failed because of such a message: the product was too large. */
  static boolean mayBeBehind(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ArithmeticException) {
        return true;
      }
    }
    return false;
  }

  long first() {
    return messages.get(0).offset();
  }

  /** The offset after them. */
  long next() {
    return messages.get(messages.size() - 1).offset() + 1;
  }

  /** Partition, offset, timestamp, key, value and headers of each, as Spark's source has them. */
  List<Row> records() {
    return messages.stream().map(OtherTimes::row).toList();
  }

  private static Row row(ConsumerRecord<byte[], byte[]> message) {
    List<Row> headers = new ArrayList<>();
    for (Header header : message.headers()) {
      headers.add(RowFactory.create(header.key(), header.value()));
    }
    headers.add(RowFactory.create(HEADER, Long.toString(message.timestamp()).getBytes(UTF_8)));
    return RowFactory.create(
        message.partition(),
        message.offset(),
        LATEST,
        message.key(),
        message.value(),
        headers.toArray());
  }
}
