package dev.sluice.catalog.position;

/** What lies on one lane from {@code from} (inclusive) to {@code until} (exclusive). */
public record LaneRange(long from, long until) {
  public LaneRange {
    if (from < 0 || until < from) {
      throw new IllegalArgumentException(
          "A lane range needs 0 <= from <= until; got from=" + from + ", until=" + until);
    }
  }

  /** How many sequence numbers the range spans; on Kafka not all of them need to be records. */
  public long length() {
    return until - from;
  }
}
