package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract.Format;
import dev.sluice.catalog.contract.DataContract.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the servers of a contract: {@code events} (Kafka) says where messages come from, {@code
 * lake} (Iceberg) and {@code analysts} (BigQuery) are for outside readers of the file.
 */
final class ReadServers {
  private static final Pattern TOPIC =
      Pattern.compile("(?=.*\\$\\{TENANT})([A-Za-z0-9._-]|\\$\\{TENANT}){1,200}");

  private ReadServers() {}

  static Optional<Source> of(Section contract) {
    Optional<Source> source = Optional.empty();
    Set<String> names = new HashSet<>();
    for (Section server : contract.sections("servers")) {
      String name = server.must("server", server.text("server")).orElse("");
      server.known("id", "description", "environment", "roles");
      if (!names.add(name)) {
        server.fault("server", "the server '" + name + "' stands here twice; delete one");
      }
      switch (name) {
        case "events" -> source = events(server);
        case "lake" -> {
          TableHeading.only(server, "type", "iceberg");
          server.known("catalog", "catalogUrl", "warehouse", "namespace");
        }
        case "analysts" -> {
          TableHeading.only(server, "type", "bigquery");
          server.known("project", "dataset");
        }
        default ->
            server.fault("server", "servers are events, lake and analysts; got '" + name + "'");
      }
      if (!name.equals("events")) {
        server.custom().done();
      }
      if (List.of("events", "lake", "analysts").contains(name)) {
        server.done();
      }
    }
    if (!names.contains("events")) {
      contract.fault("servers", "the server events (type kafka) is missing");
    }
    return source;
  }

  private static Optional<Source> events(Section server) {
    TableHeading.only(server, "type", "kafka");
    server.known("host", "encoding");
    TableHeading.only(server, "format", "json");
    Section custom = server.custom();
    Optional<Section> found = custom.must("source", custom.section("source"));
    custom.done();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Section source = found.get();
    Optional<String> topic =
        source
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
    long rows = source.whole("maxRowsPerBatch", 1, 100_000_000).orElse(500_000);
    int depth = source.whole("maxDepth", 1, 100).orElse(16);
    int bytes = source.whole("maxMessageBytes", 1, 100_000_000).orElse(1_000_000);
    source.done();
    return topic.map(t -> new Source(t, Format.JSON, rows, depth, bytes));
  }
}
