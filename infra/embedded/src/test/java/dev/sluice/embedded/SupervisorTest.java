package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SupervisorTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));
  @TempDir Path folder;
  private HomeFolder home;
  private ServicesFile file;
  private Supervisor supervisor;

  @BeforeEach
  void open() throws IOException {
    home = HomeFolder.open(folder);
    file = new ServicesFile(home);
    supervisor =
        new Supervisor(
            file, Ports.choose(Map.of()), InstanceLock.take(home).orElseThrow(), progress);
  }

  @Test
  void aServiceThatEndsByItselfIsNamedAndTheOthersStop() throws Exception {
    FakeService stays = new FakeService("Stays");
    FakeService dies = new FakeService("Dies");
    supervisor.start("stays", () -> stays);
    supervisor.start("dies", () -> dies);
    CompletableFuture<Boolean> watch = watch();
    stays.started.join();
    dies.started.join();

    dies.ended.complete("of a fault");

    assertThat(watch.join()).isFalse();
    supervisor.stop();
    assertThat(said()).contains("Dies ended by itself (of a fault)");
    assertThat(stays.ended).isCompleted();
  }

  @Test
  void aServiceThatDoesNotStartEndsTheWatchAndWhatStartedLaterStops() throws Exception {
    CompletableFuture<Void> hold = new CompletableFuture<>();
    FakeService late = new FakeService("Late");
    supervisor.start(
        "late",
        () -> {
          hold.join();
          return late;
        });
    supervisor.start(
        "broken",
        () -> {
          throw new IOException("no disk");
        });

    assertThat(supervisor.watch()).isFalse();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(supervisor::stop);
    while (!said().contains("stopping")) {
      Thread.onSpinWait();
    }
    hold.complete(null);
    stop.join();

    assertThat(late.ended).isCompleted();
    assertThat(said()).contains("broken did not start: java.io.IOException: no disk");
    assertThat(file.pids()).isEmpty();
  }

  @Test
  void pidsArePublishedWhenAllAreReadyAndForgottenAfterAStop() throws Exception {
    FakeService service = new FakeService("One");
    supervisor.start("one", () -> service);
    CompletableFuture<Boolean> watch = watch();
    while (!file.pids().containsKey("one")) {
      Thread.onSpinWait();
    }
    assertThat(InstanceLock.take(home)).isEmpty();

    supervisor.stop();

    assertThat(watch.join()).isTrue();
    assertThat(file.pids()).isEmpty();
    assertThat(InstanceLock.take(home)).isPresent();
  }

  private CompletableFuture<Boolean> watch() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return supervisor.watch();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static final class FakeService implements Service {
    private final String name;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    FakeService(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String address() {
      return "nowhere";
    }

    @Override
    public OptionalLong pid() {
      return OptionalLong.of(1);
    }

    @Override
    public CompletableFuture<?> ended() {
      started.complete(null);
      return ended;
    }

    @Override
    public void stop() {
      ended.complete("asked");
    }
  }
}
