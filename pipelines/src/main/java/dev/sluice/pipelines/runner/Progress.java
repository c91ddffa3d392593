package dev.sluice.pipelines.runner;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Lines for a person who watches; each begins with the time since the start. What they quote of
 * data cannot steer the terminal.
 */
public final class Progress {
  private final PrintStream out;
  private final LongSupplier nanos;
  private final long start;

  public Progress(PrintStream out) {
    this(out, System::nanoTime);
  }

  Progress(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  public void say(String line) {
    Duration since = Duration.ofNanos(nanos.getAsLong() - start);
    out.printf(Locale.ROOT, "%7.1f s  %s%n", since.toMillis() / 1000.0, TerminalText.of(line));
    out.flush();
  }

  /** A line without a time, for results and hints. */
  public void plain(String line) {
    out.println(TerminalText.of(line));
    out.flush();
  }
}
