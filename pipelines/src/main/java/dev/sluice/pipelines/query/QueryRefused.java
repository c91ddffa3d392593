package dev.sluice.pipelines.query;

/** A statement is not one of the read-only kind that {@code sluice query} takes. */
public final class QueryRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private QueryRefused(String message) {
    super(message);
  }

  /**
   * @param what is wrong with the statement, without a full stop
   */
  static QueryRefused because(String what) {
    return new QueryRefused(
        what
            + ". Expected one SELECT over stage, reference or refined tables, such as"
            + " city_refined.detections; nothing was read.");
  }

  /** A table that it reads was dropped on purpose. */
  static QueryRefused gone(String why) {
    return new QueryRefused(why);
  }
}
