package dev.sluice.raw;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.JobPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What landing would take, told lane by lane. */
final class LandingPlan {
  private LandingPlan() {}

  static JobPlan of(String table, SortedMap<Lane, LaneRange> pending, AlreadyGone gone) {
    List<String> lines = new ArrayList<>();
    long offsets = pending.values().stream().mapToLong(LaneRange::length).sum();
    lines.add("land into " + table + ": " + offsets + " offsets on " + pending.size() + " lanes");
    pending.forEach(
        (lane, range) ->
            lines.add(
                lane
                    + ": from "
                    + range.from()
                    + " until "
                    + range.until()
                    + ", lag "
                    + range.length()));
    lines.addAll(gone.lines());
    return new JobPlan(lines, offsets == 0);
  }
}
