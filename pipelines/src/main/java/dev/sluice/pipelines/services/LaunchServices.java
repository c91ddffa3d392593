package dev.sluice.pipelines.services;

import dev.sluice.pipelines.config.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts the services' process so that it outlives this one. */
final class LaunchServices {
  private final Home home;
  private final EmbeddedRuntime runtime;
  private final Path log;

  LaunchServices(Home home, EmbeddedRuntime runtime, Path log) {
    this.home = home;
    this.runtime = runtime;
    this.log = log;
  }

  /** Starts the process; it writes its progress to the log and its addresses when all is ready. */
  Process start(String... more) throws IOException {
    Files.createDirectories(log.getParent());
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(
        List.of(
            runtime.java().toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.net.preferIPv4Stack=true",
            "-Dsluice.logs=" + home.logs(),
            "dev.sluice.embedded.EmbeddedServices",
            "--home",
            home.folder().toString(),
            "--emulator-venv",
            runtime.emulatorVenv().toString(),
            "--emulator-script",
            runtime.emulatorScript().toString(),
            "--binaries",
            runtime.postgresBinaries().toString()));
    command.addAll(Arrays.asList(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    // By the environment, because a process is recognised by its command line, of which only the
    // first 4096 bytes can be read back.
    builder.environment().put("CLASSPATH", runtime.classPath());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  /** In a session of its own, Ctrl-C in the terminal reaches the command but not the services. */
  private static List<String> ownSession() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, "setsid"))
            .anyMatch(Files::isExecutable)
        ? List.of("setsid")
        : List.of();
  }
}
