package dev.sluice.pipelines.runner;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process when another has gone: the task of a scheduler that was killed, say, and can
 * neither stop its job nor hear how it ended. The lease is given up with the process, so whoever
 * retries the task waits until then.
 */
public final class EndWithParent {
  /** As a shell names a process that was asked to end. */
  static final int ENDED = 143;

  private static final Logger LOG = LoggerFactory.getLogger(EndWithParent.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final long pid;
  private final Optional<ProcessHandle> process;
  private final boolean isParent;

  private EndWithParent(long pid) {
    this.pid = pid;
    this.process = ProcessHandle.of(pid);
    this.isParent = parentIs(pid);
  }

  /**
   * Watches from now on, in the background, until this process ends. One that is gone already ends
   * this process at once.
   */
  public static void watch(long pid) {
    EndWithParent watch = new EndWithParent(pid);
    daemon("sluice-end-with-parent", watch::untilGone).start();
  }

  private void untilGone() {
    try {
      while (!isGone()) {
        Thread.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.warn("Process {}, which waited for this one, is gone; ending", pid);
    daemon("sluice-end-at-last", EndWithParent::endAtLast).start();
    System.exit(ENDED);
  }

  /** A dead parent may stay in the process table unburied; its children have another one then. */
  private boolean isGone() {
    return process.filter(ProcessHandle::isAlive).isEmpty() || (isParent && !parentIs(pid));
  }

  /** What hangs in the orderly end does not keep the process alive. */
  private static void endAtLast() {
    try {
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ENDED);
  }

  private static boolean parentIs(long pid) {
    return ProcessHandle.current().parent().filter(parent -> parent.pid() == pid).isPresent();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
