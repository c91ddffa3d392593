package dev.sluice.catalog.tables;

/**
 * A commit would make an older snapshot current. Either somebody asked for a rollback, or this
 * writer's own commit had been applied while its answer was lost and others followed. In the second
 * case its files are live, so this must never be an exception that Iceberg cleans up after.
 */
public final class MainWouldGoBack extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  MainWouldGoBack(String table, long from, long to) {
    super(
        "main of "
            + table
            + " stands at snapshot "
            + from
            + " and moves forward only; a commit asked for the older snapshot "
            + to
            + ". To go back on purpose use rewind, which restores the heads. If nobody asked to go"
            + " back, this writer's commit had already been applied: run the job again, it reads"
            + " the head. No file was deleted. See docs/runbooks/outcome-unknown.md");
  }
}
