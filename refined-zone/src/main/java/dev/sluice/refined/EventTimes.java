package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.EventPeriod;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.position.Touched;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Conditions on the event time of a stage table, such that file statistics can use them. A date
 * stands for the beginning of its day; sessions run in zone UTC.
 */
record EventTimes(String column, ColumnType type) {
  private static final int RUNS = 50;

  /** Of what a product reads; empty for reference data, which has no event time. */
  static Optional<EventTimes> of(DataContract contract, Product.Input input) {
    Optional<StageTable> stage = input.neighbour().map(Product.Neighbour::stage);
    if (stage.isEmpty() && input.table().equals(contract.stage().name())) {
      stage = Optional.of(contract.stage());
    }
    return stage.flatMap(
        table ->
            table
                .column(table.eventTime().column())
                .map(found -> new EventTimes(found.name(), found.type())));
  }

  /** True of rows from the one moment on and before the other. */
  Column within(Instant from, Instant until) {
    Column time = col("`" + column + "`");
    return time.geq(literal(from)).and(time.lt(literal(until)));
  }

  /**
   * True of rows in the days, months or years that editions of the stage table touched; empty when
   * they cannot be told.
   */
  Optional<Column> in(Touched periods) {
    if (periods.all()) {
      return Optional.empty();
    }
    try {
      Column any = lit(false);
      for (Run run : runs(periods)) {
        any = any.or(within(run.from(), run.until()));
      }
      return Optional.of(any);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private record Run(Instant from, Instant until) {}

  /** What follows without a gap is one run; many runs become one that spans them. */
  private static List<Run> runs(Touched periods) {
    List<Run> runs = new ArrayList<>();
    for (String text : periods.partitions()) {
      EventPeriod next = EventPeriod.parse(text);
      int last = runs.size() - 1;
      if (last >= 0 && runs.get(last).until().equals(next.from())) {
        runs.set(last, new Run(runs.get(last).from(), next.until()));
      } else {
        runs.add(new Run(next.from(), next.until()));
      }
    }
    return runs.size() <= RUNS
        ? runs
        : List.of(new Run(runs.get(0).from(), runs.get(runs.size() - 1).until()));
  }

  private Column literal(Instant moment) {
    LocalDateTime time = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    if (type == Simple.DATE) {
      LocalDate day = time.toLocalDate();
      return lit(day.atStartOfDay().equals(time) ? day : day.plusDays(1));
    }
    return type == Simple.TIMESTAMP_NTZ ? lit(time) : lit(moment);
  }
}
