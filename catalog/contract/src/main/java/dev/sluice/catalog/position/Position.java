package dev.sluice.catalog.position;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far something has been taken: for each lane, the next sequence to take. A lane that is not
 * named stands at 0.
 */
public record Position(SortedMap<Lane, Long> next) {
  public static final Position START = new Position(new TreeMap<>());

  /** Where a lane stands from which nothing will ever come again, such as that of a lost topic. */
  public static final long CLOSED = Long.MAX_VALUE;

  public Position {
    next.forEach(
        (lane, sequence) -> {
          if (sequence < 0) {
            throw new IllegalArgumentException("Lane " + lane + " stands below 0: " + sequence);
          }
        });
    next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
  }

  public static Position of(Lane lane, long sequence) {
    return new Position(new TreeMap<>(Map.of(lane, sequence)));
  }

  public long at(Lane lane) {
    return next.getOrDefault(lane, 0L);
  }

  public boolean knows(Lane lane) {
    return next.containsKey(lane);
  }

  /** This position with the lanes of {@code ranges} moved to their ends. */
  public Position advancedBy(Map<Lane, LaneRange> ranges) {
    TreeMap<Lane, Long> moved = new TreeMap<>(next);
    ranges.forEach((lane, range) -> moved.put(lane, range.until()));
    return new Position(moved);
  }

  /** Whether no lane of this position lies before the same lane of {@code other}. */
  public boolean isAtOrAfter(Position other) {
    return other.next.entrySet().stream().allMatch(e -> at(e.getKey()) >= e.getValue());
  }
}
