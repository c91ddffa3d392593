package dev.sluice.pipelines.logging;

import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What kills a thread goes to the log without foreign messages, not to the console with them. */
public final class LogUncaught implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LogUncaught.class);

  private final PrintStream console;

  public LogUncaught(PrintStream console) {
    this.console = console;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    LOG.error("Thread {} died", thread.getName(), thrown);
    console.println(
        "sluice: thread "
            + thread.getName()
            + " died of "
            + thrown.getClass().getSimpleName()
            + "; the stack trace is in "
            + LogFile.name());
  }
}
