package dev.sluice.stage;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.LaneRange;

/** What a promotion has before it, found by looking at the heads of the three tables. */
sealed interface Interval {

  /** Stage has all that raw offers. */
  record Nothing() implements Interval {}

  /** Editions of raw that neither stage nor quarantine has taken. */
  record Fresh(LaneRange editions, Head stage, Head quarantine) implements Interval {}

  /** Quarantine was published and stage was not: exactly these editions come first. */
  record Unfinished(LaneRange editions, Head stage, Head quarantine) implements Interval {}

  /** Stage has taken more than quarantine, which no order of publishing brings about. */
  record Impossible(long stage, long quarantine) implements Interval {}
}
