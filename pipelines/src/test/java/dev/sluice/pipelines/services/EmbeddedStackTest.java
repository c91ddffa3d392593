package dev.sluice.pipelines.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.registry.ServiceMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackTest {
  private final Home home = SharedStack.home();

  @Test
  void dataAndAddressesOutliveAStop() throws Exception {
    ServicesConnection before = SharedStack.connection();
    StackContent content = new StackContent(before, "stop");
    content.write();

    assertThat(EmbeddedStack.down(home, line -> {})).isTrue();

    assertThat(EmbeddedStack.down(home, line -> {})).isFalse();
    assertThatThrownBy(() -> EmbeddedStack.connection(home))
        .isInstanceOf(ServiceMissing.class)
        .hasMessageContaining("sluice up");
    assertThat(EmbeddedStack.up(home, line -> {})).isEqualTo(before);
    assertThat(EmbeddedStack.connection(home)).isEqualTo(before);
    content.assertThere();
  }

  @Test
  void dataAndAddressesOutliveAKillAndItsLeftoversEnd() throws Exception {
    ServicesConnection before = SharedStack.connection();
    StackContent content = new StackContent(before, "kill");
    content.write();
    long postgres =
        Long.parseLong(
            Files.readAllLines(home.services().resolve("postgres/data/postmaster.pid")).get(0));
    ProcessHandle killed = new ServicesState(home).process().orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();
    assertThat(ProcessHandle.of(postgres).filter(ProcessHandle::isAlive)).isPresent();
    List<String> said = new ArrayList<>();

    EmbeddedStack.down(home, said::add);

    assertThat(said).anyMatch(line -> line.contains("left by an earlier instance"));
    assertThat(ProcessHandle.of(postgres).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(EmbeddedStack.up(home, line -> {})).isEqualTo(before);
    content.assertThere();
  }

  @Test
  void aRunningHomeIsNotStartedTwice() throws IOException {
    ServicesConnection running = SharedStack.connection();
    long pid = new ServicesState(home).process().orElseThrow().pid();
    List<String> said = new ArrayList<>();

    assertThat(EmbeddedStack.up(home, said::add)).isEqualTo(running);

    assertThat(new ServicesState(home).process().orElseThrow().pid()).isEqualTo(pid);
    assertThat(said).isEmpty();
  }

  @Test
  void postgresLetsNobodyInWithoutThePasswordOfItsFile() throws Exception {
    ServicesConnection connection = SharedStack.connection();
    Path file = connection.postgresPasswordRef().file();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(
            () -> DriverManager.getConnection(connection.postgresUrl(), "sluice", "guessed"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(
            () -> DriverManager.getConnection(connection.postgresUrl(), "postgres", "guessed"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void aPidThatBelongsToAnotherProcessIsNobodysStack(@TempDir Path folder) throws IOException {
    Home other = new Home(folder);
    Files.createDirectories(other.services());
    Files.writeString(
        other.services().resolve("services.pid"), ProcessHandle.current().pid() + "\n");

    assertThat(new ServicesState(other).process()).isEmpty();
    assertThat(EmbeddedStack.down(other, line -> {})).isFalse();
  }
}
