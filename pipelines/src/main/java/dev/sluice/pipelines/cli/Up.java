package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.config.EmbeddedConfig;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.EmbeddedStack;
import dev.sluice.pipelines.services.ServicesConnection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice up}: start the embedded services and write their configuration. */
@Command(
    name = "up",
    description = "Starts Kafka, Postgres and the BigQuery emulator, and writes sluice.yaml.",
    footerHeading = "%nExamples:%n",
    footer = {"  sluice up", "  sluice up --home /srv/lakehouse"})
public final class Up implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description = "Folder of data contracts (default: catalog/contracts of the checkout).")
  private Path contracts = defaultContracts();

  @Override
  public Integer call() {
    Progress progress = Console.of(false).progress();
    ServicesConnection connection = EmbeddedStack.up(home.home(), progress::say);
    Path file = new EmbeddedConfig(home.home(), contracts).write();
    progress.say("configuration: " + file);
    describe(connection, progress);
    return 0;
  }

  /** How to connect by hand. */
  static void describe(ServicesConnection connection, Progress progress) {
    progress.plain("  Kafka      " + connection.kafkaBootstrap());
    progress.plain(
        "  Postgres   "
            + connection.postgresUrl()
            + " user "
            + connection.postgresUser()
            + ", password in "
            + connection.postgresPasswordRef());
    progress.plain(
        "  BigQuery   "
            + connection.bigqueryEndpoint()
            + " project "
            + connection.bigqueryProject());
  }

  static Path defaultContracts() {
    return Path.of(System.getProperty("sluice.root", ".")).resolve("catalog/contracts");
  }
}
