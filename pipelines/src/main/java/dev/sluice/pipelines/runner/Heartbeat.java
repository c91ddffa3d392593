package dev.sluice.pipelines.runner;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says every few seconds that a long step is still at work, so that silence means a fault. */
final class Heartbeat implements AutoCloseable {
  private static final long EVERY_SECONDS = 10;

  private final ScheduledExecutorService clock;

  Heartbeat(String what, Progress progress) {
    this.clock = Executors.newSingleThreadScheduledExecutor(Heartbeat::daemon);
    var unused =
        clock.scheduleWithFixedDelay(
            () -> progress.say("... " + what), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sluice-heartbeat");
    thread.setDaemon(true);
    return thread;
  }
}
