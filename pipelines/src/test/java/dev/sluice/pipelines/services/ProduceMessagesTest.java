package dev.sluice.pipelines.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.registry.ServiceMissing;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.ProduceMessages.Destination;
import dev.sluice.pipelines.services.ProduceMessages.Sent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceMessagesTest {
  private final String bootstrap = SharedStack.connection().kafkaBootstrap();
  private final ProduceMessages produce = new ProduceMessages(bootstrap, Map.of());

  @Test
  void eachLineArrivesByteForByteInOrderAlsoEmptyAndBrokenOnes() throws IOException {
    byte[] invalid = {(byte) 0xff, 0, (byte) 0xc3, '\r'};
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes("{\"a\":1}\n\n".getBytes(StandardCharsets.UTF_8));
    input.writeBytes(invalid);
    input.writeBytes("\nlast without line feed".getBytes(StandardCharsets.UTF_8));

    Sent sent = send(input.toByteArray(), new Destination("bytes", 1, Optional.empty()));

    assertThat(sent).isEqualTo(new Sent(4, 7 + 0 + 4 + 22));
    assertThat(ReadTopic.values(bootstrap, "bytes", 0))
        .containsExactly(
            "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            invalid,
            "last without line feed".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void messagesWithoutKeyTakeTurnsOverThePartitions() throws IOException {
    send("0\n1\n2\n3\n4\n".getBytes(StandardCharsets.UTF_8), to("turns", 2));

    assertThat(texts("turns", 0)).containsExactly("0", "2", "4");
    assertThat(texts("turns", 1)).containsExactly("1", "3");
  }

  @Test
  void aFieldBecomesTheKeyAndEqualKeysStayInOrderInOnePartition() throws IOException {
    StringBuilder lines = new StringBuilder("no json\n");
    for (int i = 0; i < 200; i++) {
      lines.append("{\"who\":{\"id\":").append(i % 5).append("},\"n\":").append(i).append("}\n");
    }

    send(
        lines.toString().getBytes(StandardCharsets.UTF_8),
        new Destination("keyed", 3, Optional.of("/who/id")));

    List<String> ofKey3 = new ArrayList<>();
    long partitions = 0;
    for (int p = 0; p < 3; p++) {
      List<String> here =
          ReadTopic.records(bootstrap, "keyed", p).stream()
              .filter(
                  r -> r.key() != null && new String(r.key(), StandardCharsets.UTF_8).equals("3"))
              .map(r -> new String(r.value(), StandardCharsets.UTF_8))
              .toList();
      partitions += here.isEmpty() ? 0 : 1;
      ofKey3.addAll(here);
    }
    assertThat(partitions).isEqualTo(1);
    assertThat(ofKey3).hasSize(40);
    assertThat(ofKey3.get(0)).contains("\"n\":3}");
    assertThat(ofKey3.get(39)).contains("\"n\":198}");
  }

  @Test
  void aPackedFileIsUnpackedAndAnExistingTopicKeepsItsPartitions(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("lines.jsonl.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a\nb\nc\n".getBytes(StandardCharsets.UTF_8));
    }
    for (int partitions : new int[] {2, 7}) {
      try (InputStream in = OpenInput.of(file)) {
        assertThat(produce.send(in, to("packed", partitions), line -> {}).messages()).isEqualTo(3);
      }
    }

    assertThat(texts("packed", 0)).containsExactly("a", "c", "a", "c");
    assertThat(texts("packed", 1)).containsExactly("b", "b");
  }

  @Test
  void aLineThatIsTooLongIsRefusedWithItsNumber() {
    byte[] input = new byte[17 * 1024 * 1024];
    input[0] = '\n';

    assertThatThrownBy(() -> send(input, to("long", 1)))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("Line 2");
  }

  @Test
  void aLineThatTheTopicDoesNotTakeIsRefusedWithItsNumber() throws Exception {
    NewTopic narrow = new NewTopic("narrow", 1, (short) 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(narrow.configs(Map.of("max.message.bytes", "500")))).all().get();
    }
    byte[] random = new byte[2_000];
    new SplittableRandom(7).nextBytes(random);
    for (int i = 0; i < random.length; i++) {
      random[i] = random[i] == '\n' ? 0 : random[i];
    }

    assertThatThrownBy(() -> send(random, to("narrow", 1)))
        .isInstanceOf(WrongUsage.class)
        .hasMessageContaining("line 1 ")
        .hasMessageContaining("max.message.bytes");
  }

  @Test
  void aMissingBrokerIsNamedWithItsAddress() {
    ProduceMessages nobody =
        new ProduceMessages(
            "127.0.0.1:1", Map.of("request.timeout.ms", "900", "default.api.timeout.ms", "1000"));

    assertThatThrownBy(
            () -> nobody.send(new ByteArrayInputStream(new byte[0]), to("none", 1), line -> {}))
        .isInstanceOf(ServiceMissing.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("kafka.bootstrap");
  }

  private Sent send(byte[] input, Destination to) throws IOException {
    return produce.send(new ByteArrayInputStream(input), to, line -> {});
  }

  private static Destination to(String topic, int partitions) {
    return new Destination(topic, partitions, Optional.empty());
  }

  private List<String> texts(String topic, int partition) {
    return ReadTopic.values(bootstrap, topic, partition).stream()
        .map(v -> new String(v, StandardCharsets.UTF_8))
        .toList();
  }
}
