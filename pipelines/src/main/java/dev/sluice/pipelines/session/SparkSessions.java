package dev.sluice.pipelines.session;

import dev.sluice.catalog.publishing.LocalFiles;
import dev.sluice.catalog.publishing.LocalLocation;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.SluiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager;

/**
 * Builds the one Spark session of a process. No secret enters its configuration: the catalog gets
 * the reference of its password and resolves it itself.
 */
public final class SparkSessions {
  /** Second line of defence; there should be nothing for it to hide. */
  static final String REDACTED =
      "(?i)secret|password|passphrase|token|credential|access[.-]?key|api[.-]?key"
          + "|private[.-]?key|pepper|hmac|jaas|kms";

  private static final String MADE_UP = "local[*]";

  private final Home home;
  private final SluiceConfig config;

  public SparkSessions(Home home, SluiceConfig config) {
    this.home = home;
    this.config = config;
  }

  /** A session that knows no lake, for analysing SQL over empty tables. */
  public static SparkSession withoutLake(Home home) {
    SparkSession session =
        SparkSession.builder()
            .appName("sluice")
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.local.dir", folder(home.temporary()))
            .getOrCreate();
    session.sparkContext().setLogLevel("WARN");
    return session;
  }

  /** Starts the session. */
  public SparkSession start() {
    SparkSession session = SparkSession.builder().config(conf()).getOrCreate();
    session.sparkContext().setLogLevel("WARN");
    return session;
  }

  /**
   * Settings given by spark-submit win over ours, except the master that it makes up when none is
   * given.
   */
  SparkConf conf() {
    SparkConf conf = new SparkConf();
    if (conf.get("spark.master", MADE_UP).equals(MADE_UP)) {
      conf.remove("spark.master");
    }
    settings().forEach(conf::setIfMissing);
    return conf;
  }

  /** Every setting that the session is started with. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.app.name", "sluice");
    settings.put("spark.master", config.spark().master());
    settings.put("spark.ui.enabled", "false");
    // the text of each plan is made for the UI even without one; this is the shortest
    settings.put("spark.sql.ui.explainMode", "simple");
    settings.put("spark.sql.session.timeZone", "UTC");
    // of 100, one run of several data sets would throw out what the next one generates again
    settings.put("spark.sql.codegen.cache.maxEntries", "500");
    settings.put("spark.redaction.regex", REDACTED);
    settings.put("spark.sql.redaction.options.regex", REDACTED);
    settings.put(
        "spark.sql.warehouse.dir", LocalLocation.of(home.temporary().resolve("spark-warehouse")));
    // landing's checkpoint is the driver's own; Spark's other way runs readlink for each rename
    settings.put(
        "spark.sql.streaming.checkpointFileManagerClass",
        FileSystemBasedCheckpointFileManager.class.getName());
    if (config.spark().master().startsWith("local")) {
      settings.put("spark.hadoop.fs.file.impl", LocalFiles.class.getName());
      settings.put("spark.driver.host", "127.0.0.1");
      settings.put("spark.driver.bindAddress", "127.0.0.1");
      settings.put("spark.sql.shuffle.partitions", "4");
      settings.put("spark.local.dir", folder(home.temporary()));
    }
    if (config.spark().eventLog()) {
      settings.put("spark.eventLog.enabled", "true");
      settings.put(
          "spark.eventLog.dir", Path.of(folder(home.logs().resolve("spark"))).toUri().toString());
    }
    StorageSettings.of(config).forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    settings.putAll(catalog());
    settings.putAll(config.spark().settings());
    return settings;
  }

  private Map<String, String> catalog() {
    String lake = "spark.sql.catalog.lake";
    return Map.of(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        lake,
        "org.apache.iceberg.spark.SparkCatalog",
        lake + ".catalog-impl",
        "dev.sluice.catalog.tables.GuardedCatalog",
        lake + ".uri",
        config.postgres().url(),
        lake + ".jdbc.user",
        config.postgres().user(),
        lake + ".sluice.password-ref",
        config.postgres().passwordRef().text(),
        lake + ".jdbc.schema-version",
        "V1",
        lake + ".warehouse",
        config.warehouse(),
        lake + ".cache-enabled",
        "false");
  }

  private static String folder(Path path) {
    try {
      return Files.createDirectories(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " cannot be made", e);
    }
  }
}
