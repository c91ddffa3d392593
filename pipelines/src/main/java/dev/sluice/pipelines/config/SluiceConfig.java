package dev.sluice.pipelines.config;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.privacy.TransitKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one lakehouse; the tree mirrors {@code sluice.yaml} key by key. Relative paths of
 * the file are relative to the file.
 *
 * @param warehouse folder or URI under which tables keep their files
 * @param contracts folder of data contracts
 * @param storage how an S3 warehouse is reached; empty for files, HDFS and the machine's own
 *     identity
 * @param drop folder or URI under which sources drop files, {@code ${DROP}} in contracts; empty for
 *     the folder {@code drop} of the home
 */
public record SluiceConfig(
    Profile profile,
    String warehouse,
    Path contracts,
    Optional<Storage> storage,
    Postgres postgres,
    Kafka kafka,
    Keys keys,
    BigQuery bigquery,
    Spark spark,
    Limits limits,
    Optional<String> drop) {

  /** How much the product may take for granted. */
  public enum Profile {
    /** Everything on this machine, in one folder. */
    EMBEDDED,
    /** Services and keys are others'; keys in files are refused. */
    PRODUCTION
  }

  /**
   * An S3 store other than the default one of the machine's own identity.
   *
   * @param endpoint address of the store; empty for AWS
   * @param pathStyle whether buckets stand in the path rather than in the host's name
   * @param accessKeyRef with {@code secretKeyRef}: the keys; empty for the machine's own identity
   */
  public record Storage(
      Optional<URI> endpoint,
      Optional<String> region,
      boolean pathStyle,
      Optional<SecretReference> accessKeyRef,
      Optional<SecretReference> secretKeyRef) {}

  /** The database of the catalog, the registry and the reference data. */
  public record Postgres(String url, String user, SecretReference passwordRef) {}

  /**
   * The broker.
   *
   * @param cluster name of the cluster; part of every lane's name, so it never changes
   * @param options further options of the Kafka client; secret ones as {@link SecretOptions} that
   *     the client resolves itself
   */
  public record Kafka(String cluster, String bootstrap, Map<String, String> options) {
    public Kafka {
      options = Map.copyOf(options);
    }
  }

  /** Where the tenants' keys are. */
  public sealed interface Keys permits KeyFiles, KeyService {}

  /**
   * Keysets as files, each with the key-encryption key that wraps it (mode 0600); for the embedded
   * profile only.
   *
   * @param folder has one folder a tenant
   */
  public record KeyFiles(Path folder) implements Keys {}

  /**
   * A transit engine (OpenBao, HashiCorp Vault) that holds one key-encryption key a tenant; wrapped
   * keysets are kept in Postgres.
   *
   * @param key name of a tenant's key; {@code ${TENANT}} stands for the tenant
   */
  public record KeyService(
      URI address, String mount, String key, SecretReference tokenRef, Optional<String> namespace)
      implements Keys {

    /** The key of one tenant. */
    public TransitKey of(TenantId tenant) {
      return new TransitKey(
          address, mount, key.replace("${TENANT}", tenant.name()), tokenRef.text(), namespace);
    }
  }

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
   * @param backfillRows a backfill publishes so many rows at a time, at least a period's
   */
  public record Limits(int leaseMinutes, int queryRows, int querySeconds, int backfillRows) {}
}
