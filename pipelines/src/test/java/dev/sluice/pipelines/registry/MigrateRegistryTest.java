package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.config.SecretReference;
import dev.sluice.pipelines.config.SluiceConfig.Postgres;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrateRegistryTest {
  @Test
  void eachScriptRunsOnce() {
    Database database = new Database(TestPostgres.settings());

    assertThat(new MigrateRegistry(database).run()).isEqualTo(MigrateRegistry.SCRIPTS.size());
    assertThat(new MigrateRegistry(database).run()).isZero();
  }

  @Test
  void migratorsAtTheSameTimeDoNotDisturbEachOther() {
    Database database = new Database(TestPostgres.settings());

    List<CompletableFuture<Integer>> runs =
        Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> new MigrateRegistry(database).run()))
            .limit(4)
            .toList();

    assertThat(runs.stream().mapToInt(CompletableFuture::join).sum())
        .isEqualTo(MigrateRegistry.SCRIPTS.size());
  }

  @Test
  void aMissingPostgresIsNamedWithItsAddressAndSetting() {
    Database nowhere =
        new Database(
            new Postgres(
                "jdbc:postgresql://127.0.0.1:1/sluice", "sluice", new SecretReference("env:PATH")));

    assertThatThrownBy(() -> new MigrateRegistry(nowhere).run())
        .isInstanceOf(ServiceMissing.class)
        .hasMessageContaining("Postgres does not answer at jdbc:postgresql://127.0.0.1:1/sluice")
        .hasMessageContaining("setting postgres.url");
  }
}
