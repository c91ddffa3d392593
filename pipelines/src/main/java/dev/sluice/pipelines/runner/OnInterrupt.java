package dev.sluice.pipelines.runner;

import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What still happens when the process is asked to end (Ctrl-C, SIGTERM), in a fixed order: first
 * what needs Spark and the services, then Spark stops, then the services go.
 */
public enum OnInterrupt {
  /** While Spark and the services are still up. */
  BEFORE_SPARK_STOPS(60),
  /** When Spark is down; its own hook has priority 40. */
  AFTER_SPARK_STOPPED(5);

  private static final int SECONDS = 90;

  private final int priority;

  OnInterrupt(int priority) {
    this.priority = priority;
  }

  /** Registers work; {@link Registered#close()} takes it back, for when all went well. */
  public Registered run(Runnable work) {
    ShutdownHookManager.get().addShutdownHook(work, priority, SECONDS, TimeUnit.SECONDS);
    return () -> takeBack(work);
  }

  /** Whether the process is ending; what fails now fails because of that. */
  public static boolean isUnderWay() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  private static void takeBack(Runnable work) {
    if (!isUnderWay()) {
      ShutdownHookManager.get().removeShutdownHook(work);
    }
  }

  /** Work that is done only on an interrupt before this is closed. */
  @FunctionalInterface
  public interface Registered extends AutoCloseable {
    @Override
    void close();
  }
}
