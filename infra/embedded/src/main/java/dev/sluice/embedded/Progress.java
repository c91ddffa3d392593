package dev.sluice.embedded;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Lines for the person who waits; the command that started this process shows them. */
final class Progress {
  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " services: " + line);
    out.flush();
  }
}
