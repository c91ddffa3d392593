package dev.sluice.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConfigTest {
  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();
  private Home home;

  @BeforeEach
  void aHome() {
    home = new Home(folder);
  }

  @Test
  void theWrittenFileIsReadAgain() throws IOException {
    services(5001);

    SluiceConfig config =
        ReadConfig.from(new EmbeddedConfig(home, Path.of("contracts")).write(said::add));

    assertThat(config.postgres().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5001/sluice");
    assertThat(config.kafka().bootstrap()).isEqualTo("127.0.0.1:5002");
    assertThat(config.bigquery().endpoint()).contains("http://127.0.0.1:5003");
    assertThat(config.warehouse()).isEqualTo(home.warehouse().toString());
  }

  @Test
  void aPersonsChangesStayWhileTheAddressesStay() throws IOException {
    services(5001);
    Path file = new EmbeddedConfig(home, Path.of("contracts")).write(said::add);
    Files.writeString(file, Files.readString(file).replace("local[2]", "local[1]"));

    new EmbeddedConfig(home, Path.of("contracts")).write(said::add);

    assertThat(ReadConfig.from(file).spark().master()).isEqualTo("local[1]");
  }

  @Test
  void newAddressesReplaceTheOldOnesAndNothingElse() throws IOException {
    services(5001);
    Path file = new EmbeddedConfig(home, Path.of("contracts")).write(said::add);
    Files.writeString(file, Files.readString(file).replace("local[2]", "local[1]"));
    services(5002); // the new database has the broker's former port

    new EmbeddedConfig(home, Path.of("contracts")).write(said::add);

    SluiceConfig config = ReadConfig.from(file);
    assertThat(config.postgres().url()).contains(":5002/");
    assertThat(config.kafka().bootstrap()).isEqualTo("127.0.0.1:5003");
    assertThat(config.bigquery().endpoint()).contains("http://127.0.0.1:5004");
    assertThat(config.spark().master()).isEqualTo("local[1]");
    assertThat(file.resolveSibling("sluice.yaml.before")).content().contains(":5001/");
    assertThat(said)
        .anyMatch(line -> line.contains("other addresses"))
        .anyMatch(line -> line.endsWith("sluice.yaml.before"));
  }

  @Test
  void aFileThatNamesServicesOfOthersIsReplacedAndSaidSo() throws IOException {
    services(5001);
    Path file = new EmbeddedConfig(home, Path.of("contracts")).write(said::add);
    Files.writeString(file, Files.readString(file).replaceFirst("  endpoint: .*\n", ""));

    new EmbeddedConfig(home, Path.of("contracts")).write(said::add);

    assertThat(ReadConfig.from(file).bigquery().endpoint()).contains("http://127.0.0.1:5003");
    assertThat(said)
        .anyMatch(line -> line.contains("replaced as a whole"))
        .anyMatch(line -> line.endsWith("sluice.yaml.before"));
  }

  @Test
  void contractsThatAPersonAsksForAreNamedFromThenOn(@TempDir Path other) throws IOException {
    services(5001);
    EmbeddedConfig usual = new EmbeddedConfig(home, folder);
    Path file = usual.write(said::add);
    assertThat(said).isEmpty();

    usual.asking(other).write(said::add);
    usual.write(said::add);

    assertThat(ReadConfig.from(file).contracts()).isEqualTo(other);
    assertThat(usual.contracts()).isEqualTo(other);
    assertThat(said).anyMatch(line -> line.contains(other + " instead of " + folder));
  }

  @Test
  void aCheckoutThatHasMovedIsFollowedAndChangesStay(@TempDir Path moved) throws IOException {
    services(5001);
    Path file = new EmbeddedConfig(home, moved.resolve("gone")).write(said::add);
    Files.writeString(file, Files.readString(file).replace("local[2]", "local[1]"));

    new EmbeddedConfig(home, moved).write(said::add);

    assertThat(ReadConfig.from(file).contracts()).isEqualTo(moved);
    assertThat(ReadConfig.from(file).spark().master()).isEqualTo("local[1]");
    new EmbeddedConfig(home, home.folder()).write(said::add);
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
