package dev.sluice.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes {@code sluice.yaml} of the embedded profile from the addresses in {@code services.json}. A
 * file that names those addresses already is left as it is, so that a person's changes stay; one
 * that names others is kept beside as {@code sluice.yaml.before}. A folder of contracts that is
 * gone is replaced by the one given.
 */
public final class EmbeddedConfig {
  private static final Pattern CONTRACTS = Pattern.compile("^contracts:.*$", Pattern.MULTILINE);

  private final Home home;
  private final Path contracts;

  public EmbeddedConfig(Home home, Path contracts) {
    this.home = home;
    this.contracts = contracts.toAbsolutePath().normalize();
  }

  /** Writes what is missing or out of date; returns the file. */
  public Path write() {
    try {
      JsonNode services = new ObjectMapper().readTree(home.servicesFile().toFile());
      List<String> addresses =
          List.of(
              services.at("/postgres/url").asText(),
              services.at("/kafka/bootstrap").asText(),
              services.at("/bigquery/endpoint").asText());
      Path file = home.configuration();
      if (!names(file, addresses)) {
        keepBeside(file);
        Files.createDirectories(home.folder());
        Files.writeString(file, text(services));
      } else {
        followContracts(file);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The embedded services did not say where they are in " + home.servicesFile(), e);
    }
  }

  /** Where a checkout has moved, the folder of contracts that it named is gone. */
  private void followContracts(Path file) throws IOException {
    String before = Files.readString(file);
    Path named = ReadConfig.from(file).contracts();
    if (!Files.isDirectory(named) && Files.isDirectory(contracts)) {
      Files.writeString(
          file,
          CONTRACTS
              .matcher(before)
              .replaceFirst(
                  Matcher.quoteReplacement("contracts: " + quoted(contracts.toString()))));
    }
  }

  private static boolean names(Path file, List<String> addresses) throws IOException {
    return Files.exists(file) && addresses.stream().allMatch(Files.readString(file)::contains);
  }

  private static void keepBeside(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.move(
          file, file.resolveSibling("sluice.yaml.before"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String text(JsonNode services) {
    return String.join(
        "\n",
        "# Written by 'sluice up'. Changes are kept as long as the addresses stay.",
        "profile: embedded",
        "warehouse: warehouse",
        "contracts: " + quoted(contracts.toString()),
        "postgres:",
        "  url: " + services.at("/postgres/url").asText(),
        "  user: " + services.at("/postgres/user").asText("sluice"),
        "  passwordRef: " + quoted(services.at("/postgres/passwordRef").asText()),
        "kafka:",
        "  cluster: embedded",
        "  bootstrap: " + services.at("/kafka/bootstrap").asText(),
        "keys:",
        "  folder: keys",
        "bigquery:",
        "  endpoint: " + services.at("/bigquery/endpoint").asText(),
        "  project: " + services.at("/bigquery/project").asText("sluice-local"),
        "  location: EU",
        "spark:",
        "  master: local[2]",
        "");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
