package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract.Format;
import dev.sluice.catalog.contract.DataContract.Source;
import dev.sluice.catalog.contract.DropFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the servers of a contract: {@code events} (Kafka) and {@code files} (a folder) say where
 * rows come from, {@code lake} (Iceberg) and {@code analysts} (BigQuery) are for outside readers of
 * the file.
 */
final class ReadServers {
  private static final Pattern TOPIC =
      Pattern.compile("(?=.*\\$\\{TENANT})([A-Za-z0-9._-]|\\$\\{TENANT}){1,200}");
  private static final List<String> BOUNDS =
      List.of("maxRowsPerBatch", "maxDepth", "maxMessageBytes");

  private final Map<String, Section> servers = new HashMap<>();
  private final Map<String, Section> sources = new HashMap<>();

  private ReadServers() {}

  static Optional<Source> of(Section contract) {
    ReadServers read = new ReadServers();
    contract.sections("servers").forEach(read::add);
    Optional<Section> bounds =
        Optional.ofNullable(read.sources.get("events"))
            .or(() -> Optional.ofNullable(read.sources.get("files")));
    Optional<String> topic = read.topic();
    Optional<DropFolder> folder = read.folder();
    if (!read.servers.containsKey("events") && !read.servers.containsKey("files")) {
      contract.fault(
          "servers", "neither the server events (type kafka) nor the server files is there");
    }
    Optional<Source> source =
        bounds
            .filter(b -> topic.isPresent() || folder.isPresent())
            .map(
                b ->
                    new Source(
                        topic,
                        Format.JSON,
                        b.whole("maxRowsPerBatch", 1, 100_000_000).orElse(500_000),
                        b.whole("maxDepth", 1, 100).orElse(16),
                        b.whole("maxMessageBytes", 1, 100_000_000).orElse(1_000_000),
                        folder));
    bounds.ifPresent(b -> BOUNDS.forEach(b::value));
    read.sources.values().forEach(Section::done);
    read.servers.values().forEach(Section::done);
    return source;
  }

  private void add(Section server) {
    String name = server.must("server", server.text("server")).orElse("");
    server.known("id", "description", "environment", "roles");
    if (servers.putIfAbsent(name, server) != null) {
      server.fault("server", "the server '" + name + "' stands here twice; delete one");
    }
    switch (name) {
      case "events", "files" -> {
        Section custom = server.custom();
        custom.must("source", custom.section("source")).ifPresent(s -> sources.put(name, s));
        custom.done();
      }
      case "lake" -> {
        TableHeading.only(server, "type", "iceberg");
        server.known("catalog", "catalogUrl", "warehouse", "namespace");
        server.custom().done();
      }
      case "analysts" -> {
        TableHeading.only(server, "type", "bigquery");
        server.known("project", "dataset");
        server.custom().done();
      }
      default -> {
        server.fault("server", "servers are events, files, lake and analysts; got '" + name + "'");
        server.custom().done();
        servers.remove(name);
      }
    }
  }

  private Optional<String> topic() {
    Section server = servers.get("events");
    Section source = sources.get("events");
    if (server == null) {
      return Optional.empty();
    }
    TableHeading.only(server, "type", "kafka");
    server.known("host", "encoding");
    TableHeading.only(server, "format", "json");
    return source == null
        ? Optional.empty()
        : source
            .must("topic", source.text("topic"))
            .filter(
                t -> {
                  if (TOPIC.matcher(t).matches()) {
                    return true;
                  }
                  source.fault(
                      "topic", "a topic has letters, digits, . _ - and ${TENANT}; got '" + t + "'");
                  return false;
                });
  }

  private Optional<DropFolder> folder() {
    Section server = servers.get("files");
    Section source = sources.get("files");
    if (server == null) {
      return Optional.empty();
    }
    server.known("encoding", "endpointUrl");
    if (source == null) {
      return Optional.empty();
    }
    if (servers.containsKey("events")) {
      for (String bound : BOUNDS) {
        if (source.has(bound)) {
          source.fault(
              bound, "'" + bound + "' is declared with the topic, for both; delete it here");
          source.known(bound);
        }
      }
    }
    return new ReadDrop(server, source).read();
  }
}
