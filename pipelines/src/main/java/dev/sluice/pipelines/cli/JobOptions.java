package dev.sluice.pipelines.cli;

import picocli.CommandLine.Option;

/** How a job tells what it does. */
final class JobOptions {
  @Option(names = "--dry-run", description = "Say what would be done; change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the report as JSON; progress goes to stderr.")
  private boolean json;

  boolean isDryRun() {
    return dryRun;
  }

  boolean isJson() {
    return json;
  }
}
