package dev.sluice.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code services.json}: addresses for clients, ports to use again, process ids to verify and
 * signal. It has no pids while the services are down and is always replaced in one step.
 */
final class ServicesFile {
  static final String PROJECT = "sluice-local";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HomeFolder home;

  ServicesFile(HomeFolder home) {
    this.home = home;
  }

  Map<String, Integer> ports() throws IOException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    read().path("ports").properties().forEach(e -> ports.put(e.getKey(), e.getValue().asInt()));
    return ports;
  }

  /** Process ids that an earlier instance left; they may be anybody's by now. */
  Map<String, Long> pids() throws IOException {
    Map<String, Long> pids = new LinkedHashMap<>();
    read().path("pids").properties().forEach(e -> pids.put(e.getKey(), e.getValue().asLong()));
    return pids;
  }

  void write(Ports ports, Map<String, Long> pids) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("kafka").put("bootstrap", "127.0.0.1:" + ports.kafka());
    root.putObject("postgres")
        .put("url", "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/sluice")
        .put("user", "sluice")
        .put("passwordRef", "file:" + home.postgresPassword());
    root.putObject("bigquery")
        .put("endpoint", "http://127.0.0.1:" + ports.bigquery())
        .put("project", PROJECT);
    root.putPOJO("ports", ports.byName());
    root.putPOJO("pids", pids);
    replace(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private JsonNode read() throws IOException {
    Path file = home.servicesFile();
    return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
  }

  private void replace(String text) throws IOException {
    Path next = home.servicesFile().resolveSibling("services.json.next");
    Files.writeString(next, text);
    Files.move(
        next,
        home.servicesFile(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
