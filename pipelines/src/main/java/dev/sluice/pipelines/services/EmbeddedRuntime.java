package dev.sluice.pipelines.services;

import dev.sluice.pipelines.registry.ServiceMissing;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of the embedded services lie in a checkout. The launcher says so by the system
 * properties {@code sluice.root}, {@code sluice.embedded.classpath} and {@code
 * sluice.emulator.venv}; without them (tests started by Maven) the checkout around the working
 * folder is used.
 */
record EmbeddedRuntime(Path root, String classPath, Path emulatorVenv) {

  static EmbeddedRuntime find() {
    Path root =
        property("sluice.root")
            .map(Path::of)
            .or(EmbeddedRuntime::checkout)
            .orElseThrow(
                () ->
                    missing(
                        "the checkout of Sluice",
                        "above " + Path.of("").toAbsolutePath(),
                        "sluice.root"));
    return new EmbeddedRuntime(
        root,
        property("sluice.embedded.classpath").orElseGet(() -> builtClassPath(root)),
        property("sluice.emulator.venv")
            .map(Path::of)
            .orElse(root.resolve("infra/bigquery-emulator/.venv")));
  }

  Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  Path emulatorScript() {
    return root.resolve("infra/bigquery-emulator/serve.py");
  }

  Path postgresBinaries() {
    return root.resolve("infra/embedded/.postgres");
  }

  /** Refuses to go on without a Python environment, before anything else is started. */
  void check() {
    if (!Files.isExecutable(emulatorVenv.resolve("bin/python"))) {
      throw missing(
          "the Python environment of the BigQuery emulator",
          emulatorVenv.toString(),
          "sluice.emulator.venv; './sluice prepare' makes it");
    }
  }

  private static String builtClassPath(Path root) {
    Path target = root.resolve("infra/embedded/target");
    try {
      return target.resolve("classes")
          + File.pathSeparator
          + Files.readString(target.resolve("classpath")).strip();
    } catch (IOException e) {
      throw missing("the build of infra/embedded", target.toString(), "sluice.embedded.classpath");
    }
  }

  private static Optional<Path> checkout() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve("infra/bigquery-emulator/serve.py"))) {
        return Optional.of(p);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }

  private static ServiceMissing missing(String what, String where, String setting) {
    return new ServiceMissing(
        "The embedded stack", where, setting, new FileNotFoundException(what + " is not there"));
  }
}
