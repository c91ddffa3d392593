package dev.sluice.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/**
 * A real broker in a process of its own, one for all tests of a JVM: its libraries are newer than
 * Spark's client and stay off the tests' class path. It ends with the JVM.
 */
final class KafkaProcess {
  private static final Path CLASS_PATH = Path.of("../infra/embedded/target/classpath");

  private KafkaProcess() {}

  static KafkaSource source() {
    return Holder.SOURCE;
  }

  private static final class Holder {
    static final KafkaSource SOURCE = start();
  }

  private static KafkaSource start() {
    try {
      Path folder = Files.createTempDirectory("sluice-kafka");
      int port = freePort();
      Path settings = folder.resolve("server.properties");
      Files.writeString(settings, settings(folder, port, freePort()));
      Process format =
          java(
              folder,
              "kafka.tools.StorageTool",
              List.of("format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString()));
      if (!format.waitFor(900, TimeUnit.SECONDS) || format.exitValue() != 0) {
        throw new IllegalStateException("Formatting failed: see " + folder);
      }
      Process broker = java(folder, "kafka.Kafka", List.of(settings.toString()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(broker, folder)));
      KafkaSource source = new KafkaSource("local", "127.0.0.1:" + port, Map.of());
      awaitAnswer(source, broker);
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitAnswer(KafkaSource source, Process broker) {
    long end = System.nanoTime() + Duration.ofSeconds(600).toNanos();
    while (System.nanoTime() < end && broker.isAlive()) {
      try (TestTopic probe = TestTopic.create(source, "probe", 1)) {
        return;
      } catch (RuntimeException e) {
        // not up yet; the client itself waits between its tries
      }
    }
    throw new IllegalStateException("The broker did not come up");
  }

  private static Process java(Path folder, String main, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                Files.readString(CLASS_PATH).strip(),
                main));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("broker.log").toFile()))
        .start();
  }

  private static String settings(Path folder, int port, int controllerPort) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        message.max.bytes=4194304
        log.cleaner.backoff.ms=100
        log.cleaner.dedupe.buffer.size=8388608
        log.initial.task.delay.ms=100
        file.delete.delay.ms=100
        """
        .formatted(port, controllerPort, folder.resolve("log"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void end(Process broker, Path folder) {
    broker.destroyForcibly();
    try (var files = Files.walk(folder)) {
      broker.waitFor(10, TimeUnit.SECONDS);
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException | InterruptedException e) {
      // the folder is in the temporary directory
    }
  }
}
