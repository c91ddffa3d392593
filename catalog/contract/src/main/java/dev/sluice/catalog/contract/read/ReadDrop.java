package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DropFolder;
import dev.sluice.catalog.contract.DropFolder.FileFormat;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the server {@code files}: a folder of type {@code local} ({@code path}), {@code s3} ({@code
 * location: s3://...}) or {@code custom} ({@code location} with the scheme of another Hadoop file
 * system).
 */
final class ReadDrop {
  private static final Pattern PLACE =
      Pattern.compile("(?=.*\\$\\{TENANT})([A-Za-z0-9._/:@=-]|\\$\\{TENANT}|^\\$\\{DROP}){1,500}");
  private static final Pattern CUSTOM = Pattern.compile("(hdfs|viewfs|abfss?|gs|s3a|file)://.+");
  private static final Pattern UPWARDS = Pattern.compile("(.*/)?\\.\\.(/.*)?");
  private static final Set<String> TYPES = Set.of("local", "s3", "custom");
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final Section server;
  private final Section source;

  /**
   * @param source the custom property of that name
   */
  ReadDrop(Section server, Section source) {
    this.server = server;
    this.source = source;
  }

  Optional<DropFolder> read() {
    Optional<FileFormat> format = format();
    CsvForm csv = csv(format);
    Duration settle = Times.duration(source, "settle").orElse(SETTLE);
    Optional<String> place = place();
    return place.flatMap(p -> format.map(f -> new DropFolder(p, f, csv, settle)));
  }

  private Optional<String> place() {
    Optional<String> type =
        server
            .must("type", server.text("type"))
            .filter(
                t ->
                    orFault(
                        TYPES.contains(t),
                        "type",
                        "files are of type local, s3 or custom; got '" + t + "'"));
    if (type.isEmpty()) {
      server.known("path", "location");
      return Optional.empty();
    }
    String key = type.get().equals("local") ? "path" : "location";
    String other = key.equals("path") ? "location" : "path";
    if (server.has(other)) {
      server.fault(
          other, "a server of type " + type.get() + " has '" + key + "', not '" + other + "'");
      server.known(other);
      return Optional.empty();
    }
    return server
        .must(key, server.text(key))
        .filter(p -> isSafe(key, p))
        .filter(p -> fits(type.get(), key, p));
  }

  private boolean isSafe(String key, String place) {
    if (PLACE.matcher(place).matches() && !UPWARDS.matcher(place).matches()) {
      return true;
    }
    server.fault(
        key,
        "a folder has letters, digits and . _ - / : @ =, ${TENANT} in it, perhaps ${DROP} at its"
            + " begin, and no '..'; got '"
            + place
            + "'");
    return false;
  }

  private boolean fits(String type, String key, String place) {
    return switch (type) {
      case "local" ->
          orFault(
              place.startsWith("/") || place.startsWith(DropFolder.DROP + "/"),
              key,
              "a local folder begins with / or ${DROP}/; got '" + place + "'");
      case "s3" ->
          orFault(
              place.startsWith("s3://"),
              key,
              "an s3 folder begins with s3://; got '" + place + "'");
      case "custom" ->
          orFault(
              CUSTOM.matcher(place).matches(),
              key,
              "a folder of type custom begins with hdfs://, viewfs://, abfs://, abfss://, gs://,"
                  + " s3a:// or file://; got '"
                  + place
                  + "'");
      default -> false;
    };
  }

  private boolean orFault(boolean good, String key, String message) {
    if (!good) {
      server.fault(key, message);
    }
    return good;
  }

  private Optional<FileFormat> format() {
    Optional<String> format = server.must("format", server.text("format"));
    if (server.has("delimiter")) {
      TableHeading.only(server, "delimiter", "new_line");
      format
          .filter(f -> !f.equals("json"))
          .ifPresent(
              f ->
                  server.fault(
                      "delimiter",
                      "'delimiter' here is for json; that of csv stands in the custom property"
                          + " source"));
    }
    return format.flatMap(
        f ->
            switch (f) {
              case "json" -> Optional.of(FileFormat.NDJSON);
              case "csv", "avro", "parquet" ->
                  Optional.of(FileFormat.valueOf(f.toUpperCase(Locale.ROOT)));
              default -> {
                server.fault(
                    "format", "format must be json, csv, avro or parquet; got '" + f + "'");
                yield Optional.empty();
              }
            });
  }

  private CsvForm csv(Optional<FileFormat> format) {
    if (format.isPresent() && format.get() != FileFormat.CSV) {
      for (String key : List.of("delimiter", "quote", "header", "columns", "nulls")) {
        if (source.has(key)) {
          source.fault(key, "'" + key + "' is for csv; the format here is another");
          source.known(key);
        }
      }
      return CsvForm.USUAL;
    }
    char delimiter = character("delimiter", ',');
    char quote = character("quote", '"');
    if (delimiter == quote) {
      source.fault("quote", "quote and delimiter must differ; both are '" + quote + "'");
    }
    List<String> nulls = source.has("nulls") ? source.texts("nulls") : CsvForm.USUAL.nulls();
    boolean header = source.truth("header").orElse(true);
    List<String> columns = source.texts("columns");
    if (header && source.has("columns")) {
      source.fault(
          "columns", "the header names the columns; delete 'columns' or say header: false");
    }
    if (!header && columns.isEmpty()) {
      source.fault("header", "files without a header need 'columns' with the names in their order");
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      source.fault("columns", "a column stands there twice; delete one");
    }
    return header == columns.isEmpty()
        ? new CsvForm(delimiter, quote, header, columns, nulls)
        : CsvForm.USUAL;
  }

  /** One character of ASCII that ends no line. */
  private char character(String key, char usual) {
    Optional<String> text = source.text(key);
    if (text.isEmpty()) {
      return usual;
    }
    if (text.get().length() == 1 && (text.get().equals("\t") || isVisible(text.get().charAt(0)))) {
      return text.get().charAt(0);
    }
    source.fault(
        key, "'" + key + "' must be one character, such as ; or \"\\t\"; got '" + text.get() + "'");
    return usual;
  }

  private static boolean isVisible(char c) {
    return c > ' ' && c < 127 || c == ' ';
  }
}
