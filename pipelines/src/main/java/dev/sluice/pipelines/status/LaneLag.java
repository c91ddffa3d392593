package dev.sluice.pipelines.status;

/**
 * How far a table has taken one lane.
 *
 * @param zone {@code raw}, {@code stage}, {@code refined} or {@code exported}
 * @param head the next sequence to take
 * @param end where the lane ends now
 */
public record LaneLag(String zone, String table, String lane, long head, long end) {
  public long lag() {
    return Math.max(0, end - head);
  }
}
