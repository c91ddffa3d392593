package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.EventPeriod;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Column;

/** Conditions on the event time of stage rows, in the column's own type. */
final class PeriodRows {
  private final String time;
  private final String type;

  PeriodRows(DataContract contract) {
    this.time = contract.stage().eventTime().column();
    this.type = contract.stage().column(time).orElseThrow().type().ddl();
  }

  /** Fits as the condition of an overwrite: no file lies across an end of a period. */
  Column in(EventPeriod period) {
    return period.isEver() ? lit(true) : in(period.from(), period.until());
  }

  /** The same of several periods, of which none is {@code ever} beside others. */
  Column in(List<EventPeriod> periods) {
    Column within = lit(false);
    for (int first = 0; first < periods.size(); first++) {
      int last = first;
      while (last + 1 < periods.size()
          && periods.get(last + 1).from().equals(periods.get(last).until())) {
        last++;
      }
      Column stretch =
          first == last
              ? in(periods.get(first))
              : in(periods.get(first).from(), periods.get(last).until());
      within = first == 0 ? stretch : within.or(stretch);
      first = last;
    }
    return within;
  }

  Column in(Instant from, Instant until) {
    return col(time).geq(literal(from)).and(col(time).lt(literal(until)));
  }

  /** The text of the period in which a row lies. */
  Column text(EventPeriod.Length length) {
    return switch (length) {
      case DAY -> date_format(col(time), "yyyy-MM-dd");
      case MONTH -> date_format(col(time), "yyyy-MM");
      case YEAR -> date_format(col(time), "yyyy");
      case EVER -> lit("ever");
    };
  }

  private Column literal(Instant moment) {
    LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    return switch (type) {
      case "date" -> lit(utc.toLocalDate());
      case "timestamp_ntz" -> lit(utc);
      default -> lit(moment);
    };
  }
}
