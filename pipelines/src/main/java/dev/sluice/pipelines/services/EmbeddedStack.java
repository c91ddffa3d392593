package dev.sluice.pipelines.services;

import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.registry.ServiceMissing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The embedded services of a home: Kafka, Postgres and the BigQuery emulator, run by one background
 * process that outlives the command that started it. All calls are safe to repeat.
 */
public final class EmbeddedStack {
  private static final Duration START_LIMIT = Duration.ofSeconds(600);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(180);
  private static final long POLL_MILLIS = 50;

  private EmbeddedStack() {}

  /**
   * Starts the services unless they run, waits until all take requests, and says where they are. A
   * command that is stopped while it waits stops what it started.
   *
   * @param progress gets one line per event
   * @throws ServiceMissing when a part is not installed, does not start, or takes too long
   */
  public static ServicesConnection up(Home home, Consumer<String> progress) {
    ServicesState state = new ServicesState(home);
    try {
      FollowLog log = new FollowLog(log(home), progress);
      if (state.process().isPresent()) {
        return awaitReady(state, log, Optional.empty());
      }
      EmbeddedRuntime runtime = EmbeddedRuntime.find();
      runtime.check();
      Process started = new LaunchServices(home, runtime, log(home)).start();
      try (EndWithThisProcess unlessReady = new EndWithThisProcess(started)) {
        return awaitReady(state, log, Optional.of(started));
      }
    } catch (IOException e) {
      throw missing(home, "its log cannot be written or read: " + e.getMessage());
    }
  }

  /**
   * Stops the services and waits until they have; also ends what a killed instance left running.
   *
   * @return false when nothing ran
   */
  public static boolean down(Home home, Consumer<String> progress) {
    ServicesState state = new ServicesState(home);
    try {
      FollowLog log = new FollowLog(log(home), progress);
      Optional<ProcessHandle> process = state.process();
      if (process.isPresent()) {
        process.get().destroy();
        await(home, log, STOP_LIMIT, () -> !process.get().isAlive());
        return true;
      }
      if (!state.hasLeftovers()) {
        return false;
      }
      Process clear =
          new LaunchServices(home, EmbeddedRuntime.find(), log(home)).start("--clear-leftovers");
      await(home, log, STOP_LIMIT, () -> !clear.isAlive());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("The services of " + home + " could not be followed", e);
    }
  }

  /**
   * Where the running services are.
   *
   * @throws ServiceMissing when they do not run
   */
  public static ServicesConnection connection(Home home) {
    ServicesState state = new ServicesState(home);
    return state
        .process()
        .flatMap(state::publishedBy)
        .orElseThrow(() -> missing(home, "they are not up"));
  }

  /** Whether the services of this home are up. */
  public static boolean isUp(Home home) {
    ServicesState state = new ServicesState(home);
    return state.process().flatMap(state::publishedBy).isPresent();
  }

  private static ServicesConnection awaitReady(
      ServicesState state, FollowLog log, Optional<Process> started) throws IOException {
    BooleanSupplier isReady = () -> state.process().flatMap(state::publishedBy).isPresent();
    BooleanSupplier isGone =
        () -> started.filter(Process::isAlive).isEmpty() && state.process().isEmpty();
    await(state.home(), log, START_LIMIT, () -> isReady.getAsBoolean() || isGone.getAsBoolean());
    return state
        .process()
        .flatMap(state::publishedBy)
        .orElseThrow(() -> missing(state.home(), log.last()));
  }

  private static void await(Home home, FollowLog log, Duration limit, BooleanSupplier done)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (!done.getAsBoolean()) {
        log.pass();
        if (System.nanoTime() > end) {
          throw missing(home, "no end after " + limit.toSeconds() + " s; last: " + log.last());
        }
        Thread.sleep(POLL_MILLIS);
      }
      log.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing(home, "the wait was interrupted");
    }
  }

  private static Path log(Home home) {
    return home.logs().resolve("services.log");
  }

  private static ServiceMissing missing(Home home, String reason) {
    return new ServiceMissing(
        "The embedded stack",
        home.folder().toString(),
        "--home; logs in " + home.logs(),
        new IOException(reason));
  }
}
