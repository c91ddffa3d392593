package dev.sluice.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the services of one home until it is told to stop (SIGTERM) or one of them ends. Exit codes:
 * 69 a service did not start or ended by itself, 75 the home is already running; a stop by signal
 * ends with the signal's code.
 */
@Command(
    name = "EmbeddedServices",
    description = "Kafka, Postgres and the BigQuery emulator of one home, in the foreground.")
public final class EmbeddedServices implements Callable<Integer> {
  static final int SERVICE_MISSING = 69;
  static final int BUSY = 75;

  @Option(names = "--home", required = true, description = "Folder with the services' data.")
  private Path home = Path.of("");

  @Option(
      names = "--emulator-venv",
      required = true,
      description = "Python environment of the BigQuery emulator.")
  private Path venv = Path.of("");

  @Option(
      names = "--emulator-script",
      required = true,
      description = "infra/bigquery-emulator/serve.py")
  private Path script = Path.of("");

  @Option(
      names = "--binaries",
      required = true,
      description = "Folder into which Postgres is unpacked, shared by homes.")
  private Path binaries = Path.of("");

  @Option(
      names = "--clear-leftovers",
      description = "Only end what a killed instance left running.")
  private boolean clearOnly;

  /** Starts from the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EmbeddedServices()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Progress progress = new Progress(System.out);
    // Before any service logs from a thread of its own.
    LoggerFactory.getLogger(EmbeddedServices.class);
    HomeFolder folder = HomeFolder.open(home);
    Optional<InstanceLock> lock = InstanceLock.take(folder);
    if (lock.isEmpty()) {
      progress.say("already running in " + folder.folder());
      return BUSY;
    }
    ServicesFile file = new ServicesFile(folder);
    new ClearLeftovers(folder, progress).run(file.pids());
    Ports ports = Ports.choose(file.ports());
    if (clearOnly) {
      file.write(ports, Map.of());
      lock.get().close();
      return 0;
    }
    Supervisor supervisor = new Supervisor(file, ports, lock.get(), progress);
    Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop-services"));
    supervisor.start("kafka", () -> KafkaBroker.start(folder, ports));
    supervisor.start(
        "postgres", () -> PostgresServer.start(folder, ports, binaries.toAbsolutePath()));
    supervisor.start(
        "bigquery",
        () ->
            BigQueryEmulator.start(folder, ports, venv.toAbsolutePath(), script.toAbsolutePath()));
    return supervisor.watch() ? 0 : SERVICE_MISSING;
  }
}
