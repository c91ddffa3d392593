package dev.sluice.pipelines.jobs;

import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.refined.BackfillObserver;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a backfill wait before each piece while a job that brings fresh data to the same table is
 * under way: of two writers the guard lets one win, and it shall not be the backfill three times in
 * a row. A job that does not end keeps nobody waiting for ever.
 */
final class LetFreshDataPass implements BackfillObserver {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration AT_MOST = Duration.ofMinutes(10);

  private final Lakehouse lakehouse;
  private final Leases leases;
  private final StepPlace fresh;

  LetFreshDataPass(Lakehouse lakehouse, StepPlace fresh) {
    this.lakehouse = lakehouse;
    this.leases = new Leases(lakehouse.database(), Duration.ofMinutes(1));
    this.fresh = fresh;
  }

  @Override
  public void beforePiece() {
    long end = System.nanoTime() + AT_MOST.toNanos();
    while (isUnderWay() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  @Override
  public void say(String line) {
    lakehouse.progress().say("  " + line);
  }

  private boolean isUnderWay() {
    return leases.held(fresh.step()).stream().anyMatch(held -> held.name().equals(fresh.lease()));
  }
}
