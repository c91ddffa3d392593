package dev.sluice.pipelines.query;

/** A statement is not one of the read-only kind that {@code sluice query} takes. */
public final class QueryRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueryRefused(String what) {
    this(
        what
            + ". Expected one SELECT over stage, reference or refined tables, such as"
            + " city_refined.detections; nothing was read.",
        true);
  }

  private QueryRefused(String message, boolean whole) {
    super(message);
  }

  /** A table that it reads was dropped on purpose. */
  static QueryRefused gone(String why) {
    return new QueryRefused(why, true);
  }
}
