package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.config.Home;
import dev.sluice.pipelines.runner.OnInterrupt;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.EmbeddedStack;

/**
 * The embedded services while a command needs them: what it started is stopped when it ends,
 * however it ends, unless it is to stay. Services that were up before are somebody else's to stop.
 */
final class OwnServices implements AutoCloseable {
  private final boolean stay;
  private final Runnable stop;
  private final OnInterrupt.Registered interrupted;

  /**
   * @param stay whether they stay up after an end that was not asked for by a signal
   */
  OwnServices(boolean wereUp, boolean stay, Runnable stop) {
    this.stay = wereUp || stay;
    this.stop = stop;
    this.interrupted = OnInterrupt.AFTER_SPARK_STOPPED.run(wereUp ? () -> {} : stop);
  }

  static OwnServices of(Home home, boolean stay, Progress progress) {
    return new OwnServices(
        EmbeddedStack.isUp(home), stay, () -> EmbeddedStack.down(home, progress::say));
  }

  /** While the process is ending by a signal, its hook stops them, after Spark. */
  @Override
  public void close() {
    if (!OnInterrupt.isUnderWay()) {
      interrupted.close();
      if (!stay) {
        stop.run();
      }
    }
  }
}
