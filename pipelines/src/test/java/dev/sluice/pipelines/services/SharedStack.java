package dev.sluice.pipelines.services;

import dev.sluice.pipelines.config.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The embedded services for the tests of one JVM: started by the first asker, stopped at its end.
 */
public final class SharedStack {
  private static final Home HOME = new Home(folder());
  private static final ServicesConnection CONNECTION = start();

  private SharedStack() {}

  /** The home whose services run; tests keep to topics, tables and data sets of their own. */
  public static Home home() {
    return HOME;
  }

  public static ServicesConnection connection() {
    return CONNECTION;
  }

  private static ServicesConnection start() {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedStack::remove, "stop-shared-stack"));
    return EmbeddedStack.up(HOME, line -> {});
  }

  private static Path folder() {
    try {
      // Kafka, Postgres and the emulator have to take such a name as it is
      String name = System.getProperty("sun.jnu.encoding").startsWith("UTF") ? "ü" : "u";
      return Files.createTempDirectory("sluice stack " + name).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove() {
    EmbeddedStack.down(HOME, line -> {});
    delete(HOME.folder());
  }

  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> all = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
