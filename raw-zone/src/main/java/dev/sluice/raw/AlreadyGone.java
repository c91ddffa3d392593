package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Messages that a topic had lost before anything was ever taken from it. That is no loss that stops
 * landing, since nobody was promised them, but it is told.
 */
record AlreadyGone(SortedMap<Lane, LaneRange> ranges) {
  /** Name of the figure that counts them. */
  static final String NOTE = "alreadyGone";

  AlreadyGone {
    ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  Map<String, Long> notes() {
    return isEmpty()
        ? Map.of()
        : Map.of(NOTE, ranges.values().stream().mapToLong(LaneRange::length).sum());
  }

  /** A sentence for each lane. */
  List<String> lines() {
    return ranges.entrySet().stream()
        .map(
            e ->
                "lane %s began at %d; %d to %d were already gone"
                    .formatted(
                        e.getKey(),
                        e.getValue().until(),
                        e.getValue().from(),
                        e.getValue().until() - 1))
        .toList();
  }
}
