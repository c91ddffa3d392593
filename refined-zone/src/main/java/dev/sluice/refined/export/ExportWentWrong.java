package dev.sluice.refined.export;

/**
 * BigQuery or the file does not hold what an export means to send. The message is ours and holds no
 * value of a row, so it may be told and logged.
 */
final class ExportWentWrong extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ExportWentWrong(String what) {
    super(what);
  }
}
