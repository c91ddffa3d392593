package dev.sluice.catalog.publishing;

/** A statement of a contract would do more than read its inputs; nothing of it was run. */
public final class RefusedSql extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String what;

  /**
   * @param line of the statement, from 1
   */
  RefusedSql(int line, String message) {
    super(message);
    this.line = line;
    this.what = message;
  }

  /** What it would do that it may not. */
  public String what() {
    return what;
  }

  int line() {
    return line;
  }
}
