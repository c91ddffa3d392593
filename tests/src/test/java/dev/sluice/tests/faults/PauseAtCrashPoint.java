package dev.sluice.tests.faults;

import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.tables.CommitObserver;
import dev.sluice.refined.export.ExportObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops the process at the crash point named by the system property {@code sluice.test.pauseAt}, as
 * {@code stage-publish.before}, or {@code stage-publish.before@5} for the fifth time, and tells so
 * by making the file {@code sluice.test.reached}; whoever waits for the file then kills the
 * process, or deletes the file to let it go on. Found by {@link java.util.ServiceLoader}, so it
 * acts only where this class is put on the class path.
 */
public final class PauseAtCrashPoint implements CommitObserver, ExportObserver {
  private static final AtomicInteger PASSED = new AtomicInteger();

  private static final Map<String, String> ACTS =
      Map.of(
          "raw", "raw-commit",
          "quarantine", "quarantine-publish",
          "stage", "stage-publish",
          "refined", "refined-publish");

  @Override
  public void beforeSwap(String table, Optional<Stamp> stamp) {
    stamp.ifPresent(s -> reached(actOn(table) + ".before"));
  }

  @Override
  public void afterSwap(String table, Optional<Stamp> stamp) {
    stamp.ifPresent(s -> reached(actOn(table) + ".after"));
  }

  @Override
  public void beforeDrop(String table) {
    reached("product-drop.before");
  }

  @Override
  public void afterDrop(String table) {
    reached("product-drop.after");
  }

  @Override
  public void beforeLoad(String table) {
    reached("export-load.before");
  }

  @Override
  public void afterLoad(String table) {
    reached("export-load.after");
  }

  @Override
  public void beforeSwap(String table) {
    reached("export-swap.before");
  }

  @Override
  public void afterSwap(String table) {
    reached("export-swap.after");
  }

  private static String actOn(String table) {
    String namespace = table.substring(0, table.indexOf('.'));
    String zone = namespace.substring(namespace.lastIndexOf('_') + 1);
    return ACTS.getOrDefault(zone, zone);
  }

  private static void reached(String point) {
    String[] wanted = System.getProperty("sluice.test.pauseAt", "").split("@", 2);
    if (!point.equals(wanted[0])
        || (wanted.length == 2 && PASSED.incrementAndGet() < Integer.parseInt(wanted[1]))) {
      return;
    }
    Path reached = Path.of(System.getProperty("sluice.test.reached"));
    try {
      Files.createFile(reached);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (Files.exists(reached)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
