package dev.sluice.stage;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work that goes on in a thread of its own while its maker does something else. Closing waits for
 * its end, so that nothing of it comes later, however the other work ended.
 */
final class SideBySide<T> implements AutoCloseable {
  private final FutureTask<T> work;
  private final Thread thread;

  private SideBySide(Supplier<T> work) {
    this.work = new FutureTask<>(work::get);
    // a new one each time: Spark hands the session and its settings down to threads that are made
    this.thread = new Thread(this.work, Thread.currentThread().getName() + "-beside");
  }

  static <T> SideBySide<T> begin(Supplier<T> work) {
    SideBySide<T> begun = new SideBySide<>(work);
    begun.thread.start();
    return begun;
  }

  /** What it gave, or the exception it ended with. */
  T result() {
    awaitEnd();
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("A supplier throws no checked exception", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Work that has ended is not waited for", e);
    }
  }

  private void awaitEnd() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    awaitEnd();
  }
}
