package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;

/**
 * The stretches of event time in which duplicates of a batch can lie: its days and the window
 * around them, joined where they overlap. Many stretches become few wider ones.
 */
final class EventDays {
  private static final int STRETCHES_AT_MOST = 32;
  private static final long MICROS_OF_DAY = 86_400_000_000L;

  /** From inclusive, until exclusive, in microseconds since 1970. */
  record Stretch(long from, long until) {}

  private EventDays() {}

  static List<Stretch> around(Collection<Long> days, Duration window) {
    long margin = window.toNanos() / 1000;
    List<Stretch> stretches = new ArrayList<>();
    for (long day : new TreeSet<>(days)) {
      Stretch next = new Stretch(day * MICROS_OF_DAY - margin, (day + 1) * MICROS_OF_DAY + margin);
      int last = stretches.size() - 1;
      if (last >= 0 && stretches.get(last).until() >= next.from()) {
        stretches.set(last, new Stretch(stretches.get(last).from(), next.until()));
      } else {
        stretches.add(next);
      }
    }
    while (stretches.size() > STRETCHES_AT_MOST) {
      joinNearest(stretches);
    }
    return stretches;
  }

  private static void joinNearest(List<Stretch> stretches) {
    int nearest = 0;
    for (int i = 1; i < stretches.size() - 1; i++) {
      nearest = gap(stretches, i) < gap(stretches, nearest) ? i : nearest;
    }
    Stretch joined = new Stretch(stretches.get(nearest).from(), stretches.get(nearest + 1).until());
    stretches.remove(nearest + 1);
    stretches.set(nearest, joined);
  }

  private static long gap(List<Stretch> stretches, int i) {
    return stretches.get(i + 1).from() - stretches.get(i).until();
  }

  /** The condition on the event-time column, in its own type, so that partitions are pruned. */
  static Column within(List<Stretch> stretches, String column, String type) {
    Column any = lit(false);
    for (Stretch stretch : stretches) {
      any =
          any.or(
              col(column)
                  .geq(time(stretch.from(), type))
                  .and(col(column).lt(time(stretch.until(), type))));
    }
    return any;
  }

  private static Column time(long micros, String type) {
    Column instant = org.apache.spark.sql.functions.timestamp_micros(lit(micros));
    if (type.equals("date")) {
      // a date stands for its whole day: the day after the end is left out by < only
      return org.apache.spark.sql.functions.to_date(instant);
    }
    return instant.cast(type);
  }
}
