package dev.sluice.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker with its controller (KRaft) in this process. */
final class KafkaBroker implements Service {
  private final KafkaRaftServer server;
  private final String address;
  private final CompletableFuture<String> ended;

  private KafkaBroker(KafkaRaftServer server, String address, CompletableFuture<String> ended) {
    this.server = server;
    this.address = address;
    this.ended = ended;
  }

  /** Formats the storage on the first start and returns when the broker takes requests. */
  static KafkaBroker start(HomeFolder home, Ports ports) throws IOException {
    CompletableFuture<String> ended = new CompletableFuture<>();
    endInsteadOfExit(ended);
    Properties properties = BrokerSettings.of(home, ports);
    Path file = home.kafka().resolve("server.properties");
    try (OutputStream out = Files.newOutputStream(file)) { // as Kafka reads it: Latin-1, escaped
      properties.store(out, "Written at each start; changes are lost");
    }
    if (!Files.exists(home.kafka().resolve("log").resolve("meta.properties"))) {
      format(file);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    server.startup();
    Thread watch =
        new Thread(
            () -> {
              server.awaitShutdown();
              ended.complete("it shut down");
            },
            "kafka-watch");
    watch.setDaemon(true);
    watch.start();
    return new KafkaBroker(server, "127.0.0.1:" + ports.kafka(), ended);
  }

  @Override
  public String name() {
    return "Kafka";
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public CompletableFuture<?> ended() {
    return ended;
  }

  @Override
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path file) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()
    };
    int code = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new IOException(
          "Formatting Kafka's storage ended with "
              + code
              + ": "
              + said.toString(StandardCharsets.UTF_8).strip());
    }
  }

  /**
   * On a fatal fault the broker calls for the end of the JVM, which would orphan the other
   * services. Here the call ends the broker's thread in question and tells the supervisor.
   */
  private static void endInsteadOfExit(CompletableFuture<String> ended) {
    Exit.Procedure tell =
        (code, message) -> {
          ended.complete("it gave up with code " + code + (message == null ? "" : ": " + message));
          throw new IllegalStateException("Kafka asked to end the process");
        };
    Exit.setExitProcedure(tell);
    Exit.setHaltProcedure(tell);
  }
}
