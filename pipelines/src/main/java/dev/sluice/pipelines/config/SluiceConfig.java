package dev.sluice.pipelines.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one lakehouse; the tree mirrors {@code sluice.yaml} key by key. Relative paths of
 * the file are relative to the file.
 *
 * @param warehouse folder or URI under which tables keep their files
 * @param contracts folder of data contracts
 * @param keys the embedded profile's key files; production has none
 */
public record SluiceConfig(
    Profile profile,
    String warehouse,
    Path contracts,
    Postgres postgres,
    Kafka kafka,
    Optional<Keys> keys,
    BigQuery bigquery,
    Spark spark,
    Limits limits) {

  /** How much the product may take for granted. */
  public enum Profile {
    /** Everything on this machine, in one folder. */
    EMBEDDED,
    /** Services and keys are others'; keys in files are refused. */
    PRODUCTION
  }

  /** The database of the catalog, the registry and the reference data. */
  public record Postgres(String url, String user, SecretReference passwordRef) {}

  /**
   * The broker.
   *
   * @param cluster name of the cluster; part of every lane's name, so it never changes
   * @param options further options of the Kafka client
   */
  public record Kafka(String cluster, String bootstrap, Map<String, String> options) {
    public Kafka {
      options = Map.copyOf(options);
    }
  }

  /**
   * Keysets of the tenants as files, each with the key-encryption key that wraps it (mode 0600).
   *
   * @param folder has one folder a tenant
   */
  public record Keys(Path folder) {}

  /**
   * Where exports go.
   *
   * @param endpoint address of an emulator; empty for the real service
   * @param credentialsRef service account file; empty for the machine's own identity
   */
  public record BigQuery(
      Optional<String> endpoint,
      String project,
      String location,
      Optional<SecretReference> credentialsRef) {}

  /**
   * Spark.
   *
   * @param settings further settings, never secrets
   */
  public record Spark(String master, boolean eventLog, Map<String, String> settings) {
    public Spark {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * Bounds.
   *
   * @param leaseMinutes a lease ends by itself after this
   * @param queryRows most rows that {@code sluice query} returns
   * @param querySeconds longest time a query may take
   */
  public record Limits(int leaseMinutes, int queryRows, int querySeconds) {}
}
