package dev.sluice.pipelines.query;

/**
 * A statement that {@code sluice query} does not answer: it is not of the read-only kind, does not
 * fit the tables, fails on a value or takes too long. The message quotes the statement at most.
 */
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

  /**
   * It failed on a value of a row, which is not told.
   *
   * @param condition Spark's name of the error
   */
  static QueryRefused failed(String condition) {
    return new QueryRefused(
        "The statement failed on a value of a row ("
            + condition
            + "). Expected one that holds for every row; filter such rows, or use try_divide, try_cast"
            + " and the like, which give NULL");
  }

  static QueryRefused tooSlow(int seconds) {
    return new QueryRefused(
        "The query took more than "
            + seconds
            + " s and was stopped. Ask for less, or raise limits.querySeconds in sluice.yaml");
  }

  /** A table that it reads was dropped on purpose. */
  static QueryRefused gone(String why) {
    return new QueryRefused(why);
  }
}
