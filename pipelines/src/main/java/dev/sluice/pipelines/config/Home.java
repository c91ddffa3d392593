package dev.sluice.pipelines.config;

import java.nio.file.Path;

/**
 * The folder in which one lakehouse of the embedded profile lives; in production it holds the
 * configuration, logs, reports and temporary files only.
 */
public record Home(Path folder) {
  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  public Path configuration() {
    return folder.resolve("sluice.yaml");
  }

  public Path services() {
    return folder.resolve("services");
  }

  public Path servicesFile() {
    return services().resolve("services.json");
  }

  public Path warehouse() {
    return folder.resolve("warehouse");
  }

  /** Where files are dropped, unless the configuration names another place. */
  public Path drop() {
    return folder.resolve("drop");
  }

  public Path keys() {
    return folder.resolve("keys");
  }

  public Path secrets() {
    return folder.resolve("secrets");
  }

  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  public Path reports() {
    return folder.resolve("reports");
  }

  /** The report folder of one run. */
  public Path report(String run) {
    return reports().resolve(run);
  }

  public Path latestReport() {
    return reports().resolve("latest");
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  public Path logFile() {
    return logs().resolve("sluice.log");
  }

  public Path temporary() {
    return folder.resolve("tmp");
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
