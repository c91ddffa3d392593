package dev.sluice.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code sluice.yaml} of the embedded profile, with the addresses of {@code services.json}. A
 * person's changes stay: in a file that names other addresses only these are replaced, and its
 * folder of contracts only when that is gone or another was asked for. What is replaced is told,
 * and the former file is kept beside as {@code sluice.yaml.before}.
 */
public final class EmbeddedConfig {
  private static final Pattern CONTRACTS = Pattern.compile("^contracts:.*$", Pattern.MULTILINE);

  private final Home home;
  private final Path contracts;
  private final Optional<Path> asked;

  /**
   * @param contracts the folder of contracts, unless the file names another that is there
   */
  public EmbeddedConfig(Home home, Path contracts) {
    this(home, contracts, Optional.empty());
  }

  private EmbeddedConfig(Home home, Path contracts, Optional<Path> asked) {
    this.home = home;
    this.contracts = contracts.toAbsolutePath().normalize();
    this.asked = asked.map(folder -> folder.toAbsolutePath().normalize());
  }

  /** The same with a folder of contracts that a person asks for, whatever the file names. */
  public EmbeddedConfig asking(Path folder) {
    return new EmbeddedConfig(home, contracts, Optional.of(folder));
  }

  /**
   * The folder of contracts that the file will name.
   *
   * @throws ConfigFaults when there is a file and it has faults
   */
  public Path contracts() {
    Path file = home.configuration();
    return Files.exists(file) ? wanted(ReadConfig.from(file).contracts()) : asked.orElse(contracts);
  }

  /** Where a checkout has moved, the folder of contracts that it named is gone. */
  private Path wanted(Path named) {
    boolean gone = !Files.isDirectory(named) && Files.isDirectory(contracts);
    return asked.orElse(gone ? contracts : named);
  }

  /**
   * Writes what is missing or out of date; returns the file.
   *
   * @param say is told what of an earlier file was replaced
   * @throws ConfigFaults when there is a file and it has faults; it stays as it is
   */
  public Path write(Consumer<String> say) {
    Path file = home.configuration();
    try {
      JsonNode services = new ObjectMapper().readTree(home.servicesFile().toFile());
      if (Files.exists(file)) {
        follow(file, services, say);
      } else {
        Files.createDirectories(home.folder());
        Files.writeString(file, text(services));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The embedded services did not say where they are in " + home.servicesFile(), e);
    }
  }

  private void follow(Path file, JsonNode services, Consumer<String> say) throws IOException {
    String before = Files.readString(file);
    String after = withContracts(file, withAddresses(file, before, services, say), say);
    if (!after.equals(before)) {
      Path kept = file.resolveSibling("sluice.yaml.before");
      Files.writeString(kept, before);
      Files.writeString(file, after);
      say.accept("the former configuration is kept in " + kept);
    }
  }

  private String withAddresses(Path file, String before, JsonNode services, Consumer<String> say) {
    List<String> addresses =
        List.of(
            services.at("/postgres/url").asText(),
            services.at("/kafka/bootstrap").asText(),
            services.at("/bigquery/endpoint").asText());
    if (addresses.stream().allMatch(before::contains)) {
      return before;
    }
    SluiceConfig old = ReadConfig.of(before, file);
    Map<String, String> moved = new HashMap<>();
    moved.put(old.postgres().url(), addresses.get(0));
    moved.put(old.postgres().passwordRef().text(), services.at("/postgres/passwordRef").asText());
    moved.put(old.kafka().bootstrap(), addresses.get(1));
    old.bigquery().endpoint().ifPresent(endpoint -> moved.put(endpoint, addresses.get(2)));
    String any = moved.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    String after =
        Pattern.compile(any)
            .matcher(before)
            .replaceAll(found -> Matcher.quoteReplacement(moved.get(found.group())));
    if (addresses.stream().allMatch(after::contains)) {
      say.accept(
          "the services have other addresses than in " + file + "; they were replaced there");
      return after;
    }
    say.accept(file + " does not name the services of this home; it was replaced as a whole");
    return text(services);
  }

  private String withContracts(Path file, String before, Consumer<String> say) {
    Path named = ReadConfig.of(before, file).contracts();
    Path wanted = wanted(named);
    if (wanted.equals(named)) {
      return before;
    }
    say.accept("contracts: " + wanted + " instead of " + named);
    return CONTRACTS
        .matcher(before)
        .replaceFirst(Matcher.quoteReplacement("contracts: " + quoted(wanted.toString())));
  }

  private String text(JsonNode services) {
    return String.join(
        "\n",
        "# Written by 'sluice up', which replaces addresses when the services have others.",
        "profile: embedded",
        "warehouse: warehouse",
        "contracts: " + quoted(asked.orElse(contracts).toString()),
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
