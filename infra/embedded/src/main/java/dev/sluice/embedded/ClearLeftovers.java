package dev.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends what a killed instance of the same home left running, and removes the lock file it left. A
 * process is touched only when its command line names this home.
 */
final class ClearLeftovers {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HomeFolder home;
  private final Progress progress;

  ClearLeftovers(HomeFolder home, Progress progress) {
    this.home = home;
    this.progress = progress;
  }

  void run(Map<String, Long> pids) throws IOException {
    Long emulator = pids.get("bigquery");
    if (emulator != null) {
      Processes.find(emulator, List.of("serve.py", home.bigquery().toString()))
          .ifPresent(process -> end("BigQuery emulator", process, "TERM"));
    }
    clearPostgres();
  }

  private void clearPostgres() throws IOException {
    Path pidFile = home.postgresData().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> running =
        PostgresServer.pidIn(pidFile).stream()
            .boxed()
            .flatMap(
                pid ->
                    Processes.find(pid, List.of("postgres", home.postgresData().toString()))
                        .stream())
            .findFirst();
    // INT is Postgres' fast stop: clients are cut off, the data is written.
    running.ifPresent(process -> end("Postgres", process, "INT"));
    if (Files.deleteIfExists(pidFile)) {
      progress.say("removed the stale " + pidFile);
    }
  }

  private void end(String name, ProcessHandle process, String signal) {
    progress.say("ending " + name + " (pid " + process.pid() + ") left by an earlier instance");
    Processes.end(process, signal, LIMIT);
  }
}
