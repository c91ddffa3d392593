package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.sluice.catalog.contract.EventPeriod;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Chooses the periods of a stretch of event time that stage has to do again, in their order. */
final class ChoosePeriods {
  private final Promoting promoting;
  private final WrappedKeyset keyset;
  private final BackfillRange range;
  private final boolean withWaiting;
  private final EventPeriod.Length length;

  /**
   * @param withWaiting whether rows that wait may come in
   */
  ChoosePeriods(
      Promoting promoting, WrappedKeyset keyset, BackfillRange range, boolean withWaiting) {
    this.promoting = promoting;
    this.keyset = keyset;
    this.range = range;
    this.withWaiting = withWaiting;
    this.length = EventPeriod.Length.of(promoting.contract().stage());
  }

  List<PeriodToDo> all() {
    SortedMap<EventPeriod, PeriodToDo> chosen = range.mode() == Mode.FORCE ? filled() : older();
    if (withWaiting) {
      SortedMap<EventPeriod, Places> waiting =
          new PassingToday(promoting, keyset).byPeriod(range.mode() == Mode.FORCE);
      waiting.keySet().removeIf(period -> !isInRange(period));
      waiting.forEach(
          (period, places) ->
              chosen.merge(
                  period,
                  new PeriodToDo(period, 0, "", 0, places),
                  (a, b) -> a.withWaiting(places)));
    }
    if (range.mode() == Mode.FILL_GAPS && !chosen.isEmpty()) {
      chosen.keySet().removeAll(filled().keySet());
    }
    countRows(chosen);
    List<PeriodToDo> inOrder = new ArrayList<>(chosen.values());
    if (range.newestFirst()) {
      inOrder.sort(Comparator.comparing(PeriodToDo::period).reversed());
    }
    return inOrder;
  }

  /** How many rows stage has of each, where that matters and is not known. */
  private void countRows(SortedMap<EventPeriod, PeriodToDo> chosen) {
    if (range.mode() != Mode.CHANGED || chosen.size() < 2) {
      return;
    }
    Column between =
        new PeriodRows(promoting.contract()).in(chosen.firstKey().from(), chosen.lastKey().until());
    for (Row row : grouped(between)) {
      chosen.computeIfPresent(
          EventPeriod.parse(row.getString(0)), (period, todo) -> todo.withInStage(row.getLong(1)));
    }
  }

  private boolean isInRange(EventPeriod period) {
    return period.from().isBefore(range.until()) && period.until().isAfter(range.from());
  }

  private SortedMap<EventPeriod, PeriodToDo> filled() {
    SortedMap<EventPeriod, PeriodToDo> periods = new TreeMap<>();
    for (Row row : grouped(lit(true))) {
      EventPeriod period = EventPeriod.parse(row.getString(0));
      periods.put(
          period,
          new PeriodToDo(period, row.getLong(1), "of stage", row.getLong(1), Places.none()));
    }
    return periods;
  }

  /**
   * Periods with rows of another version of the contract. Those whose rows have all left raw stay:
   * there is nothing to make them of.
   */
  private SortedMap<EventPeriod, PeriodToDo> older() {
    SortedMap<EventPeriod, PeriodToDo> periods = new TreeMap<>();
    if (range.mode() == Mode.FILL_GAPS) {
      return periods;
    }
    String today = promoting.contract().version();
    // not "unequal", which file statistics cannot answer
    Column other =
        col(Columns.CONTRACT_VERSION).lt(today).or(col(Columns.CONTRACT_VERSION).gt(today));
    List<Row> found = grouped(other);
    long first = found.isEmpty() ? 0 : FirstEdition.of(promoting.lake().table(promoting.raw()));
    for (Row row : found) {
      if (row.getLong(4) >= first) {
        EventPeriod period = EventPeriod.parse(row.getString(0));
        String versions =
            row.getString(2).equals(row.getString(3))
                ? row.getString(2)
                : row.getString(2) + " to " + row.getString(3);
        periods.put(
            period,
            new PeriodToDo(period, row.getLong(1), "of contract " + versions, 0, Places.none()));
      }
    }
    return periods;
  }

  private List<Row> grouped(Column which) {
    Dataset<Row> stage = promoting.lake().read(promoting.stage());
    PeriodRows rows = new PeriodRows(promoting.contract());
    Column inRange =
        length == EventPeriod.Length.EVER
            ? lit(true)
            : rows.in(
                length.at(range.from()).from(), length.at(range.until().minusNanos(1)).until());
    return stage
        .where(inRange)
        .where(which)
        .groupBy(rows.text(length).as("period"))
        .agg(
            count(lit(1)),
            min(Columns.CONTRACT_VERSION),
            max(Columns.CONTRACT_VERSION),
            max(Columns.RAW_EDITION))
        .collectAsList();
  }
}
