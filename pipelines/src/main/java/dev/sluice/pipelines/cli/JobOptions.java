package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.runner.EndWithParent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job tells what it does. */
final class JobOptions {
  @Option(names = "--dry-run", description = "Say what would be done; change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the report as JSON; progress goes to stderr.")
  private boolean json;

  @Option(
      names = "--end-with-parent",
      paramLabel = "PID",
      description = "End when this process has gone: the scheduler's task that waits for the job.")
  private @Nullable Long parent;

  /** Must be called before the work begins. */
  void begin() {
    Long pid = parent;
    if (pid != null) {
      EndWithParent.watch(pid);
    }
  }

  boolean isDryRun() {
    return dryRun;
  }

  boolean isJson() {
    return json;
  }
}
