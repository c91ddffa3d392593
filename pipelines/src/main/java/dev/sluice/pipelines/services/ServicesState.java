package dev.sluice.pipelines.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.SecretReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is known of the services of a home from its files and from the processes that live. */
record ServicesState(Home home) {
  private static final String MAIN = "dev.sluice.embedded.EmbeddedServices";

  /** The supervising process, when the pid file names a living one that is this home's. */
  Optional<ProcessHandle> process() {
    Path file = home.services().resolve("services.pid");
    try {
      String pid = Files.readString(file).strip();
      return pid.matches("[0-9]{1,18}")
          ? ProcessHandle.of(Long.parseLong(pid)).filter(this::isOurs)
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** The addresses, once the given process has published them. */
  Optional<ServicesConnection> publishedBy(ProcessHandle process) {
    JsonNode root = read();
    return root.at("/pids/services").asLong() == process.pid()
        ? Optional.of(connection(root))
        : Optional.empty();
  }

  /** Whether an instance ended without writing down that it did; its children may live. */
  boolean hasLeftovers() {
    return read().path("pids").properties().iterator().hasNext() && process().isEmpty();
  }

  private boolean isOurs(ProcessHandle process) {
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    return process.isAlive()
        && arguments.contains(MAIN)
        && arguments.contains(home.folder().toString());
  }

  private JsonNode read() {
    ObjectMapper json = new ObjectMapper();
    try {
      return Files.exists(home.servicesFile())
          ? json.readTree(home.servicesFile().toFile())
          : json.createObjectNode();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + home.servicesFile(), e);
    }
  }

  private static ServicesConnection connection(JsonNode root) {
    return new ServicesConnection(
        root.at("/kafka/bootstrap").asText(),
        root.at("/postgres/url").asText(),
        root.at("/postgres/user").asText(),
        new SecretReference(root.at("/postgres/passwordRef").asText()),
        root.at("/bigquery/endpoint").asText(),
        root.at("/bigquery/project").asText());
  }
}
