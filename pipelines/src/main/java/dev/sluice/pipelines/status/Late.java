package dev.sluice.pipelines.status;

import java.time.Duration;

/**
 * News that has waited before a zone for longer than the contract allows.
 *
 * @param waiting what is known of how long it has waited: at least this
 */
public record Late(LaneLag lag, Duration waiting, Duration allowed) {
  @Override
  public String toString() {
    return lag.table()
        + " has not taken "
        + lag.lag()
        + " of "
        + lag.lane()
        + ", waiting for "
        + text(waiting)
        + " or longer; the contract allows "
        + text(allowed);
  }

  private static String text(Duration duration) {
    return duration.toSeconds() < 120
        ? duration.toSeconds() + " s"
        : duration.toHours() < 2 ? duration.toMinutes() + " min" : duration.toHours() + " h";
  }
}
