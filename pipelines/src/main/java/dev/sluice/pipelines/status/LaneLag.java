package dev.sluice.pipelines.status;

/**
 * How far a table has taken one lane.
 *
 * @param zone {@code raw}, {@code stage}, {@code refined} or {@code exported}
 * @param head the next sequence to take
 * @param end where the lane ends now
 * @param unsent in words, how many partitions of what was taken did not leave with it; empty where
 *     all did
 */
public record LaneLag(String zone, String table, String lane, long head, long end, String unsent) {

  public LaneLag(String zone, String table, String lane, long head, long end) {
    this(zone, table, lane, head, end, "");
  }

  public long lag() {
    return Math.max(0, end - head);
  }
}
