package dev.sluice.raw;

import java.time.Duration;
import org.apache.spark.sql.streaming.Trigger;

/**
 * When batches start and when a run ends.
 *
 * @param once whether the run ends when it has taken what was there at its start
 * @param look how often the source is looked at between batches
 */
record Pace(boolean once, Trigger trigger, Duration look) {
  private static final Duration SELDOM = Duration.ofSeconds(30);
  private static final Duration OFTEN = Duration.ofSeconds(1);

  static Pace onceWhatIsThere() {
    return new Pace(true, Trigger.AvailableNow(), SELDOM);
  }

  static Pace every(Duration interval) {
    Duration look = interval.compareTo(OFTEN) < 0 ? OFTEN : interval;
    return new Pace(
        false,
        Trigger.ProcessingTime(interval.toMillis()),
        look.compareTo(SELDOM) > 0 ? SELDOM : look);
  }
}
