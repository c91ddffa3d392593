package dev.sluice.pipelines.query;

/** A statement is not one of the read-only kind that {@code sluice query} takes. */
public final class QueryRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueryRefused(String what) {
    super(
        what
            + ". Expected one SELECT over stage, reference or refined tables, such as"
            + " city_refined.detections; nothing was read.");
  }
}
