package dev.sluice.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at other processes before touching them, because a process id may have a new owner. */
final class Processes {
  private Processes() {}

  /** The living process with this id whose command line has all the given parts. */
  static Optional<ProcessHandle> find(long pid, List<String> parts) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> parts.stream().allMatch(commandLine(handle)::contains));
  }

  /** Sends the signal (for example {@code INT}), waits, and kills when the limit has passed. */
  static void end(ProcessHandle process, String signal, Duration limit) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!hasEnded(process, limit)) {
      process.destroyForcibly();
      hasEnded(process, limit);
    }
  }

  private static boolean hasEnded(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String commandLine(ProcessHandle handle) {
    return handle.info().command().orElse("")
        + " "
        + String.join(" ", handle.info().arguments().orElse(new String[0]));
  }
}
