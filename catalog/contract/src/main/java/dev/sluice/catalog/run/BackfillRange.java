package dev.sluice.catalog.run;

import java.time.Instant;

/**
 * The stretch of event time that a backfill does again, and which parts of it.
 *
 * @param from the first moment
 * @param until the first moment after it
 * @param newestFirst whether the newest partition is done first
 */
public record BackfillRange(Instant from, Instant until, Mode mode, boolean newestFirst) {

  /** Which partitions of the stretch are done again. */
  public enum Mode {
    /** Those that the zone above has and this zone lacks. */
    FILL_GAPS,
    /** Those with rows of an older contract, or whose rows changed in the zone above. */
    CHANGED,
    /** All of them. */
    FORCE
  }

  public BackfillRange {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "A backfill needs from < until, until not included; got from="
              + from
              + ", until="
              + until);
    }
  }
}
