package dev.sluice.catalog.tables;

/**
 * The answer to a swap was lost and looking did not tell whether it had been applied. The files of
 * the commit may be live, so this must never be an exception that Iceberg cleans up after.
 */
public final class OutcomeUnknown extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknown(String table, Throwable cause) {
    super(
        "Whether the commit to "
            + table
            + " was applied is unknown: the catalog's answer was lost and its state no longer"
            + " tells. No file was deleted. Run the job again: it reads the head and takes only"
            + " what is not there. See docs/runbooks/outcome-unknown.md",
        cause);
  }
}
