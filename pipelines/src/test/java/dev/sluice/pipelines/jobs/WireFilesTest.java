package dev.sluice.pipelines.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.publishing.fixture.AContract;
import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.ReadConfig;
import dev.sluice.pipelines.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireFilesTest {
  @TempDir Path folder;

  @Test
  void theHomesOwnDropFolderIsNamedAsItIs() throws IOException {
    AContract contract = AContract.of("city").withFolder("${DROP}/${TENANT}/readings");
    Home home = new Home(Path.of("/srv/my lake"));

    assertThat(WireFiles.location(home, config(""), contract.contract(), contract.tenant()))
        .isEqualTo("file:/srv/my lake/drop/city/readings");
    assertThat(
            WireFiles.location(
                home, config("drop: /in box/"), contract.contract(), contract.tenant()))
        .isEqualTo("/in box/city/readings");
  }

  private SluiceConfig config(String more) throws IOException {
    return ReadConfig.from(
        Files.writeString(
            folder.resolve("sluice.yaml"),
            """
            profile: embedded
            warehouse: warehouse
            contracts: contracts
            postgres: { url: "jdbc:postgresql://127.0.0.1:1/x", user: sluice, passwordRef: "env:PATH" }
            kafka: { cluster: embedded, bootstrap: "127.0.0.1:1" }
            keys: { folder: keys }
            bigquery: { project: sluice-local, location: EU }
            """
                + more));
  }
}
