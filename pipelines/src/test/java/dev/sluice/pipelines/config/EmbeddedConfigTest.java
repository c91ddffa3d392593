package dev.sluice.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConfigTest {
  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void aHome() {
    home = new Home(folder);
  }

  @Test
  void theWrittenFileIsReadAgain() throws IOException {
    services(5001);

    SluiceConfig config = ReadConfig.from(new EmbeddedConfig(home, Path.of("contracts")).write());

    assertThat(config.postgres().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5001/sluice");
    assertThat(config.kafka().bootstrap()).isEqualTo("127.0.0.1:5002");
    assertThat(config.bigquery().endpoint()).contains("http://127.0.0.1:5003");
    assertThat(config.warehouse()).isEqualTo(home.warehouse().toString());
  }

  @Test
  void aPersonsChangesStayWhileTheAddressesStay() throws IOException {
    services(5001);
    Path file = new EmbeddedConfig(home, Path.of("contracts")).write();
    Files.writeString(file, Files.readString(file).replace("local[2]", "local[1]"));

    new EmbeddedConfig(home, Path.of("contracts")).write();

    assertThat(ReadConfig.from(file).spark().master()).isEqualTo("local[1]");
  }

  @Test
  void newAddressesReplaceTheFileAndKeepTheOldBeside() throws IOException {
    services(5001);
    Path file = new EmbeddedConfig(home, Path.of("contracts")).write();
    services(6001);

    new EmbeddedConfig(home, Path.of("contracts")).write();

    assertThat(ReadConfig.from(file).postgres().url()).contains(":6001/");
    assertThat(file.resolveSibling("sluice.yaml.before")).content().contains(":5001/");
  }

  @Test
  void aCheckoutThatHasMovedIsFollowedAndChangesStay(@TempDir Path moved) throws IOException {
    services(5001);
    Path file = new EmbeddedConfig(home, moved.resolve("gone")).write();
    Files.writeString(file, Files.readString(file).replace("local[2]", "local[1]"));

    new EmbeddedConfig(home, moved).write();

    assertThat(ReadConfig.from(file).contracts()).isEqualTo(moved);
    assertThat(ReadConfig.from(file).spark().master()).isEqualTo("local[1]");
    new EmbeddedConfig(home, home.folder()).write();
    assertThat(ReadConfig.from(file).contracts()).isEqualTo(moved);
  }

  private void services(int port) throws IOException {
    Files.createDirectories(home.services());
    Files.writeString(
        home.servicesFile(),
        """
        {"kafka":{"bootstrap":"127.0.0.1:%d"},
         "postgres":{"url":"jdbc:postgresql://127.0.0.1:%d/sluice","user":"sluice",
                     "passwordRef":"file:/secrets/postgres"},
         "bigquery":{"endpoint":"http://127.0.0.1:%d","project":"sluice-local"}}
        """
            .formatted(port + 1, port, port + 2));
  }
}
