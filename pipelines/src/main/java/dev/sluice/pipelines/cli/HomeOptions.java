package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.config.ReadConfig;
import dev.sluice.pipelines.config.SluiceConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the lakehouse is; every verb has these. */
final class HomeOptions {
  static final String DEFAULT = "./lakehouse";

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "Folder of the lakehouse (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(DEFAULT);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (default: sluice.yaml in the home).")
  private @Nullable Path config;

  Home home() {
    return new Home(folder);
  }

  SluiceConfig config() {
    Path given = config;
    return ReadConfig.from(given == null ? home().configuration() : given);
  }
}
