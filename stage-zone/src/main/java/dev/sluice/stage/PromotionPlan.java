package dev.sluice.stage;

import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import java.util.List;

/** Says what a promotion would take; makes no tables and reads no rows. */
final class PromotionPlan {
  private final Promoting promoting;
  private final ChooseInterval choose;

  PromotionPlan(Promoting promoting, ChooseInterval choose) {
    this.promoting = promoting;
    this.choose = choose;
  }

  JobPlan plan() {
    Lake lake = promoting.lake();
    for (String table : List.of(promoting.raw(), promoting.quarantine(), promoting.stage())) {
      if (!lake.exists(table)) {
        return new JobPlan(
            List.of("promote " + promoting.raw() + ": table " + table + " is not there yet"),
            table.equals(promoting.raw()));
      }
    }
    Interval next = choose.next();
    if (next instanceof Interval.Fresh fresh) {
      return taking("take", fresh.editions());
    }
    if (next instanceof Interval.Unfinished unfinished) {
      return taking("finish first", unfinished.editions());
    }
    if (next instanceof Interval.Impossible) {
      return new JobPlan(
          List.of("promote " + promoting.raw() + ": stage is ahead of quarantine, a defect"),
          false);
    }
    return new JobPlan(List.of("promote " + promoting.raw() + ": stage has every edition"), true);
  }

  private JobPlan taking(String verb, LaneRange editions) {
    long rows = ChooseInterval.rows(promoting.lake().table(promoting.raw()), editions.from());
    return new JobPlan(
        List.of(
            "promote " + promoting.raw() + " to " + promoting.stage(),
            verb + " raw editions " + editions.from() + " to " + (editions.until() - 1),
            "rows waiting in all: about " + rows),
        false);
  }
}
