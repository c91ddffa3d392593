package dev.sluice.pipelines.config;

import dev.sluice.pipelines.config.SluiceConfig.BigQuery;
import dev.sluice.pipelines.config.SluiceConfig.Kafka;
import dev.sluice.pipelines.config.SluiceConfig.Limits;
import dev.sluice.pipelines.config.SluiceConfig.Postgres;
import dev.sluice.pipelines.config.SluiceConfig.Profile;
import dev.sluice.pipelines.config.SluiceConfig.Spark;
import dev.sluice.pipelines.config.SluiceConfig.Storage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code sluice.yaml}; finds all faults before anything starts. */
public final class ReadConfig {
  private static final String SECRET_KEYS =
      "(?i).*(secret|password|passphrase|token|credential|access[.-]?key|api[.-]?key"
          + "|private[.-]?key|pepper|hmac|jaas).*";

  private final String file;
  private final Path folder;
  private final List<ConfigFault> faults = new ArrayList<>();

  private ReadConfig(String file, Path folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * The configuration in a file.
   *
   * @throws ConfigFaults with everything that is unknown, missing or malformed
   */
  public static SluiceConfig from(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      return of(Files.readString(absolute), absolute);
    } catch (IOException e) {
      throw new ConfigFaults(
          List.of(
              new ConfigFault(
                  absolute.toString(),
                  0,
                  "cannot be read; expected the configuration there. 'sluice up' writes it for the"
                      + " embedded profile, --config names another file")));
    }
  }

  static SluiceConfig of(String text, Path path) {
    Path parent = path.getParent();
    return new ReadConfig(path.toString(), parent == null ? Path.of("/") : parent).read(text);
  }

  private SluiceConfig read(String text) {
    ConfigSection root = new ConfigSection(file, "", compose(text), 1, faults);
    SluiceConfig config = tree(root);
    root.finish();
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparingInt(ConfigFault::line));
      throw new ConfigFaults(faults);
    }
    return config;
  }

  private Node compose(String text) {
    try {
      Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (node == null) {
        throw new ConfigFaults(List.of(new ConfigFault(file, 0, "is empty; expected settings")));
      }
      return node;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new ConfigFaults(List.of(new ConfigFault(file, line, "is no YAML: " + e.getProblem())));
    }
  }

  private SluiceConfig tree(ConfigSection root) {
    Profile profile = profile(root);
    return new SluiceConfig(
        profile,
        location(root.text("warehouse", "a folder or a URI such as s3a://bucket/path")),
        path(root.text("contracts", "a folder of data contracts")),
        storage(root),
        postgres(root.section("postgres"), profile),
        kafka(root.section("kafka"), profile),
        new ReadKeys(this::path, this::reference).from(root.section("keys"), profile),
        bigQuery(root.section("bigquery")),
        spark(root.sectionOrEmpty("spark")),
        limits(root.sectionOrEmpty("limits")),
        root.optional("drop").map(this::location));
  }

  private Profile profile(ConfigSection root) {
    String name = root.text("profile", "embedded or production");
    if (!name.isEmpty() && !name.matches("embedded|production")) {
      root.malformed("profile", "embedded or production", name);
    }
    return name.equals("production") ? Profile.PRODUCTION : Profile.EMBEDDED;
  }

  private Optional<Storage> storage(ConfigSection root) {
    return root.has("storage")
        ? Optional.of(new ReadStorage(this::reference).from(root.section("storage")))
        : Optional.empty();
  }

  private Postgres postgres(ConfigSection in, Profile profile) {
    String url = in.text("url", "jdbc:postgresql://host:port/database");
    if (!url.isEmpty() && !url.matches("jdbc:postgresql://[^?]+(\\?.*)?")) {
      in.malformed("url", "jdbc:postgresql://host:port/database", url);
    } else if (url.matches("(?i).*[?&](ssl)?password=.*")) {
      in.wrong("url", "carries a password; give it by postgres.passwordRef instead");
    } else if (profile == Profile.PRODUCTION && !url.matches("(?i).*[?&]sslmode=.+")) {
      in.wrong(
          "url",
          "does not say how the connection is protected; production needs ?sslmode=verify-full (or"
              + " another mode, chosen on purpose)");
    }
    return new Postgres(
        url,
        in.text("user", "a database user"),
        reference(in, "passwordRef", in.text("passwordRef", "file:<path> or env:<NAME>")));
  }

  private Kafka kafka(ConfigSection in, Profile profile) {
    String cluster = in.text("cluster", "a name for the cluster that never changes");
    if (!cluster.isEmpty() && !cluster.matches("[A-Za-z0-9_.-]{1,60}")) {
      in.malformed("cluster", "letters, digits and _.- only, at most 60", cluster);
    }
    String bootstrap = in.text("bootstrap", "host:port[,host:port]");
    ConfigSection options = in.sectionOrEmpty("options");
    Map<String, String> all = new TreeMap<>(withoutSecrets(options));
    if (profile == Profile.PRODUCTION && !all.containsKey("security.protocol")) {
      options.wrong(
          "security.protocol",
          "is missing; production needs SASL_SSL or SSL (or another, chosen on purpose)");
    }
    ConfigSection secrets = in.sectionOrEmpty("secrets");
    Map<String, SecretReference> references = new TreeMap<>();
    secrets.asTexts().forEach((key, text) -> references.put(key, reference(secrets, key, text)));
    all.putAll(SecretOptions.of(references));
    return new Kafka(cluster, bootstrap, all);
  }

  private BigQuery bigQuery(ConfigSection in) {
    Optional<String> endpoint = in.optional("endpoint");
    endpoint
        .filter(e -> !e.matches("https?://.+"))
        .ifPresent(e -> in.malformed("endpoint", "http(s)://host:port or empty", e));
    String project = in.text("project", "a project id");
    if (!project.isEmpty() && !project.matches("[a-z][a-z0-9:.-]{1,62}")) {
      in.malformed("project", "a project id", project);
    }
    return new BigQuery(
        endpoint,
        project,
        in.optional("location").orElse("EU"),
        in.optional("credentialsRef").map(r -> reference(in, "credentialsRef", r)));
  }

  private Spark spark(ConfigSection in) {
    return new Spark(
        in.optional("master").orElse("local[2]"),
        in.flag("eventLog", false),
        withoutSecrets(in.sectionOrEmpty("settings")));
  }

  private static Limits limits(ConfigSection in) {
    return new Limits(
        in.whole("leaseMinutes", 30, 1, 1440),
        in.whole("queryRows", 1000, 1, 100_000),
        in.whole("querySeconds", 300, 1, 86_400),
        in.whole("backfillRows", 1_000_000, 1, 1_000_000_000));
  }

  private static Map<String, String> withoutSecrets(ConfigSection in) {
    Map<String, String> texts = in.asTexts();
    texts.keySet().stream()
        .filter(key -> key.matches(SECRET_KEYS))
        .forEach(key -> in.wrong(key, "looks like a secret; secrets are given by reference only"));
    return texts;
  }

  private SecretReference reference(ConfigSection in, String key, String text) {
    if (SecretReference.isWellFormed(text)) {
      return new SecretReference(
          text.startsWith("file:") ? "file:" + path(text.substring(5)) : text);
    }
    if (!text.isEmpty()) {
      in.wrong(key, "must be file:<path> or env:<NAME>; a secret itself is never written here");
    }
    return new SecretReference("env:MISSING");
  }

  private Path path(String text) {
    return folder.resolve(text).normalize();
  }

  private String location(String text) {
    return text.matches("[a-z][a-z0-9]+://?.*") ? text : path(text).toString();
  }
}
