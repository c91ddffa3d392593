package dev.sluice.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.config.SluiceConfig.KeyService;
import dev.sluice.pipelines.config.SluiceConfig.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadConfigTest {
  private static final Path FILE = Path.of("/srv/lakehouse/sluice.yaml");

  @Test
  void theMinimalExampleIsEnough() {
    SluiceConfig config = ReadConfig.of(example("minimal"), FILE);

    assertThat(config.profile()).isEqualTo(Profile.EMBEDDED);
    assertThat(config.warehouse()).isEqualTo("/srv/lakehouse/warehouse");
    assertThat(config.contracts()).isEqualTo(Path.of("/srv/catalog/contracts"));
    assertThat(config.postgres().passwordRef().text())
        .isEqualTo("file:/srv/lakehouse/secrets/postgres");
    assertThat(config.bigquery().endpoint()).isEmpty();
    assertThat(config.spark().master()).isEqualTo("local[2]");
    assertThat(config.limits().queryRows()).isEqualTo(1000);
  }

  @Test
  void theFullExampleIsTakenKeyByKey() {
    SluiceConfig config = ReadConfig.of(example("full"), FILE);

    assertThat(config.profile()).isEqualTo(Profile.EMBEDDED);
    assertThat(config.warehouse()).isEqualTo("s3a://lake-example/warehouse");
    assertThat(config.kafka().options()).containsEntry("security.protocol", "SSL");
    assertThat(config.spark().settings()).containsEntry("spark.sql.shuffle.partitions", "64");
    assertThat(config.bigquery().credentialsRef())
        .isEqualTo(Optional.of(new SecretReference("file:/etc/sluice/bigquery.json")));
  }

  @Test
  void unknownMissingAndMalformedKeysAreReportedTogetherWithTheirLines() {
    String text =
        """
        profile: laptop
        warehouse: warehouse
        warehous: elsewhere
        postgres:
          url: mysql://host/db
          passwordRef: hunter2
        kafka:
          cluster: embedded
          bootstrap: 127.0.0.1:9092
        keys:
          folder: keys
        bigquery:
          project: sluice-local
        limits:
          queryRows: many
        """;

    ConfigFaults faults = catchThrowableOfType(ConfigFaults.class, () -> ReadConfig.of(text, FILE));

    assertThat(faults.faults())
        .extracting(f -> f.line() + " " + f.message().split(";")[0])
        .containsExactly(
            "1 'profile' must be embedded or production",
            "1 'contracts' is missing",
            "3 'warehous' is unknown",
            "5 'postgres.url' must be jdbc:postgresql://host:port/database",
            "5 'postgres.user' is missing",
            "6 'postgres.passwordRef' must be file:<path> or env:<NAME>",
            "15 'limits.queryRows' must be a whole number from 1 to 100000");
    assertThat(faults).hasMessageContaining("7 faults").hasMessageNotContaining("hunter2");
  }

  @Test
  void aSecretIsRefusedWhereverItIsWritten() {
    String text =
        example("minimal")
            .replace("5432/sluice", "5432/sluice?password=hunter2")
            .replace(
                "bootstrap: 127.0.0.1:9092",
                "bootstrap: 127.0.0.1:9092\n  options:\n    ssl.key.password: hunter2");

    assertThatThrownBy(() -> ReadConfig.of(text, FILE))
        .hasMessageContaining("postgres.url' carries a password")
        .hasMessageContaining("kafka.options.ssl.key.password' looks like a secret")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theProductionExampleIsTakenKeyByKey() {
    SluiceConfig config = ReadConfig.of(example("production"), FILE);

    assertThat(config.profile()).isEqualTo(Profile.PRODUCTION);
    assertThat(config.storage().orElseThrow().endpoint())
        .contains(URI.create("https://s3.example.internal"));
    assertThat(config.storage().orElseThrow().secretKeyRef())
        .contains(new SecretReference("file:/run/secrets/sluice/s3-secret"));
    KeyService keys = (KeyService) config.keys();
    assertThat(keys.of(new TenantId("city")))
        .hasToString("key sluice-city of transit at https://keys.example.internal:8200");
    assertThat(config.kafka().options())
        .containsEntry("sasl.jaas.config", "${sluice:file:/run/secrets/sluice/kafka-jaas}")
        .containsEntry("ssl.truststore.password", "${sluice:env:SLUICE_KAFKA_TRUST}")
        .containsEntry("config.providers", "sluice");
  }

  @Test
  void productionRefusesKeysInFilesAndSilenceAboutProtection() {
    String text = example("minimal").replace("profile: embedded", "profile: production");

    assertThatThrownBy(() -> ReadConfig.of(text, FILE))
        .hasMessageContaining("'keys.folder' names key files")
        .hasMessageContaining("'postgres.url' does not say how the connection is protected")
        .hasMessageContaining("'kafka.options.security.protocol' is missing")
        .hasMessageContaining("3 faults");
  }

  @Test
  void aKeyServiceIsHeldToSafeAddressesAndAKeyForEachTenant() {
    String text =
        example("production")
            .replace("https://keys.example.internal:8200", "http://keys.example.internal:8200")
            .replace("sluice-${TENANT}", "shared")
            .replace("service: transit", "service: drawer")
            .replace("tokenRef: file:/run/secrets/sluice/keys-token", "tokenRef: s.hunter2");

    assertThatThrownBy(() -> ReadConfig.of(text, FILE))
        .hasMessageContaining("'keys.address' must be https")
        .hasMessageContaining("'keys.key' must be a name with ${TENANT}")
        .hasMessageContaining("'keys.service' must be transit")
        .hasMessageContaining("'keys.tokenRef' must be file:<path> or env:<NAME>")
        .hasMessageContaining("4 faults")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void halfOfAPairOfStorageKeysIsAFault() {
    String text =
        example("production")
            .replace("  secretKeyRef: file:/run/secrets/sluice/s3-secret\n", "")
            .replace("https://s3.example.internal", "https://me:hunter2@s3.example.internal");

    assertThatThrownBy(() -> ReadConfig.of(text, FILE))
        .hasMessageContaining("'storage.secretKeyRef' is missing beside the other")
        .hasMessageContaining("'storage.endpoint' must be http(s)://host:port")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aKeyGivenTwiceIsAFault() {
    assertThatThrownBy(() -> ReadConfig.of(example("minimal") + "warehouse: other\n", FILE))
        .hasMessageContaining("'warehouse' is given twice");
  }

  @Test
  void textThatIsNoYamlIsAFaultWithItsLine() {
    assertThatThrownBy(() -> ReadConfig.of("profile: embedded\n  warehouse: x\n", FILE))
        .isInstanceOf(ConfigFaults.class)
        .hasMessageContaining("sluice.yaml:2");
  }

  @Test
  void aMissingFileSaysWhoWritesIt() {
    assertThatThrownBy(() -> ReadConfig.from(Path.of("/nowhere/sluice.yaml")))
        .isInstanceOf(ConfigFaults.class)
        .hasMessageContaining("sluice up");
  }

  private static String example(String name) {
    try (var in = ReadConfig.class.getResourceAsStream(name + ".sluice.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
