package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.config.EmbeddedConfig;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.pipelines.services.EmbeddedStack;
import dev.sluice.pipelines.services.ServicesConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice up}: start the embedded services and write their configuration. */
@Command(
    name = "up",
    description = "Starts Kafka, Postgres and the BigQuery emulator, and writes sluice.yaml.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice up",
      "  sluice up --home /srv/lakehouse",
      "  sluice up --contracts ../contracts"
    })
public final class Up implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description = {
        "Folder of data contracts; sluice.yaml names it from then on (default: what sluice.yaml",
        "names, and catalog/contracts of the checkout in a new home)."
      })
  private @Nullable Path contracts;

  @Override
  public Integer call() {
    Progress progress = Console.of(false).progress();
    EmbeddedConfig configuration = configuration();
    configuration.contracts(); // its faults are told before anything starts
    ServicesConnection connection = EmbeddedStack.up(home.home(), progress::say);
    Path file = configuration.write(progress::say);
    progress.say("configuration: " + file);
    describe(connection, progress);
    return 0;
  }

  private EmbeddedConfig configuration() {
    EmbeddedConfig usual = new EmbeddedConfig(home.home(), defaultContracts());
    Path asked = contracts;
    if (asked != null && !Files.isDirectory(asked)) {
      throw new WrongUsage("Expected a folder of data contracts by --contracts; got " + asked);
    }
    return asked == null ? usual : usual.asking(asked);
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
