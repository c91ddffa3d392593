package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.ColumnType.Simple;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which times a row can have if it contributes to one of these partitions, where the partition is
 * the row's time cut to a date or by {@code date_trunc}. The filter says nothing that the exact one
 * does not imply; but file statistics can use it, so that a day's news does not read all days.
 * Sessions run in zone UTC.
 */
record ImpliedTimes(String column, Period span) {
  private static final int RUNS = 50;

  private record Run(LocalDateTime from, LocalDateTime until) {}

  /** What an analysed expression says of its row's time; empty when it is of another form. */
  static Optional<ImpliedTimes> of(Expression affects) {
    if (affects instanceof Cast cast && cast.dataType().equals(DataTypes.DateType)) {
      return of(cast.child()).or(() -> of(cast.child(), "DAY"));
    }
    if (affects instanceof TruncTimestamp cut && cut.format() instanceof Literal unit) {
      return of(cut.timestamp(), String.valueOf(unit.value()));
    }
    return Optional.empty();
  }

  private static Optional<ImpliedTimes> of(Expression time, String unit) {
    return time instanceof AttributeReference column
            && column.dataType().equals(DataTypes.TimestampType)
        ? span(unit).map(span -> new ImpliedTimes(column.name(), span))
        : Optional.empty();
  }

  /** How long a partition can be; longer than it is does no harm. */
  private static Optional<Period> span(String unit) {
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "DD" ->
          Optional.of(Period.ofDays(1));
      case "WEEK" -> Optional.of(Period.ofDays(7));
      case "MONTH", "MON", "MM" -> Optional.of(Period.ofMonths(1));
      case "QUARTER" -> Optional.of(Period.ofMonths(3));
      case "YEAR", "YYYY", "YY" -> Optional.of(Period.ofYears(1));
      default -> Optional.empty();
    };
  }

  /** True of every row that contributes to one of the partitions, and of some others. */
  Column filter(PartitionValues values, Collection<String> texts) {
    Column time = col("`" + column + "`");
    Column within = texts.contains(PartitionValues.NULL) ? time.isNull() : lit(false);
    for (Run run : runs(values, texts)) {
      within = within.or(time.geq(literal(run.from)).and(time.lt(literal(run.until))));
    }
    return within;
  }

  private List<Run> runs(PartitionValues values, Collection<String> texts) {
    List<LocalDateTime> begins =
        texts.stream()
            .filter(text -> !text.equals(PartitionValues.NULL))
            .map(text -> begin(values, text))
            .sorted()
            .toList();
    List<Run> runs = new ArrayList<>();
    for (LocalDateTime begin : begins) {
      Run last = runs.isEmpty() ? new Run(begin, begin) : runs.remove(runs.size() - 1);
      if (begin.isAfter(last.until)) {
        runs.add(last);
        last = new Run(begin, begin);
      }
      runs.add(new Run(last.from, begin.plus(span)));
    }
    return runs.size() <= RUNS
        ? runs
        : List.of(new Run(runs.get(0).from, runs.get(runs.size() - 1).until));
  }

  private static LocalDateTime begin(PartitionValues values, String text) {
    return values.type() == Simple.DATE
        ? LocalDate.parse(text).atStartOfDay()
        : OffsetDateTime.parse(text).toLocalDateTime();
  }

  private static Column literal(LocalDateTime time) {
    return lit(time.toInstant(ZoneOffset.UTC));
  }
}
