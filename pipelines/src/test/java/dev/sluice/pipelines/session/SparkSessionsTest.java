package dev.sluice.pipelines.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.SecretReference;
import dev.sluice.pipelines.config.SluiceConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkSessionsTest {
  @TempDir private Path folder;

  @Test
  void onlyTheReferenceOfThePasswordEntersSparksSettings() {
    Map<String, String> settings = new SparkSessions(new Home(folder), config()).settings();

    assertThat(settings)
        .containsEntry("spark.sql.catalog.lake.sluice.password-ref", "env:PATH")
        .containsEntry("spark.sql.session.timeZone", "UTC")
        .containsEntry("spark.driver.bindAddress", "127.0.0.1")
        .containsEntry("spark.ui.enabled", "false");
    assertThat(settings.values()).doesNotContain(System.getenv("PATH"));
  }

  @Test
  void aPersonsSettingsWinOverOurDefaults() {
    assertThat(new SparkSessions(new Home(folder), config()).settings())
        .containsEntry("spark.sql.shuffle.partitions", "64");
  }

  @ParameterizedTest
  @CsvSource({"local[*],local[2]", "spark://given:7077,spark://given:7077"})
  void theMasterOfSparkSubmitWinsUnlessItWasMadeUp(String submitted, String used) {
    String before = System.setProperty("spark.master", submitted);
    try {
      assertThat(new SparkSessions(new Home(folder), config()).conf().get("spark.master"))
          .isEqualTo(used);
    } finally {
      if (before == null) {
        System.clearProperty("spark.master");
      } else {
        System.setProperty("spark.master", before);
      }
    }
  }

  private SluiceConfig config() {
    return new SluiceConfig(
        SluiceConfig.Profile.EMBEDDED,
        folder.resolve("warehouse").toString(),
        folder,
        Optional.empty(),
        new SluiceConfig.Postgres(
            "jdbc:postgresql://127.0.0.1:1/x", "sluice", new SecretReference("env:PATH")),
        new SluiceConfig.Kafka("embedded", "127.0.0.1:1", Map.of()),
        new SluiceConfig.KeyFiles(folder),
        new SluiceConfig.BigQuery(Optional.empty(), "sluice-local", "EU", Optional.empty()),
        new SluiceConfig.Spark("local[2]", false, Map.of("spark.sql.shuffle.partitions", "64")),
        new SluiceConfig.Limits(5, 10, 10, 500_000),
        Optional.empty());
  }
}
