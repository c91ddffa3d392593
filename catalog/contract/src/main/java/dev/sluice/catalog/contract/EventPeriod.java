package dev.sluice.catalog.contract;

import dev.sluice.catalog.position.Touched;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stretch of event time that a stage table holds in partitions of its own, so that it can be
 * replaced without its neighbours: a day, a month, a year, or all of time.
 *
 * @param text {@code 2026-01-31}, {@code 2026-01}, {@code 2026} or {@code ever}; stamps name
 *     touched partitions by it
 * @param from its first moment
 * @param until the first moment after it
 */
public record EventPeriod(String text, Instant from, Instant until)
    implements Comparable<EventPeriod> {
  private static final String EVER = "ever";

  /** How long the periods of a table are. */
  public enum Length {
    DAY(10),
    MONTH(7),
    YEAR(4),
    EVER(0);

    private final int characters;

    Length(int characters) {
      this.characters = characters;
    }

    /** The shortest period of which no partition of the table lies across an end. */
    public static Length of(StageTable stage) {
      String time = stage.eventTime().column();
      Set<String> parts =
          stage.partitioning().stream().map(String::strip).collect(Collectors.toSet());
      if (!disjoint(parts, "days(" + time + ")", "hours(" + time + ")", time, identity(time))) {
        return DAY;
      }
      return parts.contains("months(" + time + ")")
          ? MONTH
          : parts.contains("years(" + time + ")") ? YEAR : EVER;
    }

    private static boolean disjoint(Set<String> parts, String... wanted) {
      return List.of(wanted).stream().noneMatch(parts::contains);
    }

    private static String identity(String column) {
      return "identity(" + column + ")";
    }

    /** The period of this length in which a moment lies; days are those of UTC. */
    public EventPeriod at(Instant moment) {
      LocalDate day = moment.atZone(ZoneOffset.UTC).toLocalDate();
      return this == EVER
          ? parse(EventPeriod.EVER)
          : parse(day.toString().substring(0, characters));
    }
  }

  /**
   * The period of that text.
   *
   * @throws java.time.DateTimeException when it is none
   */
  public static EventPeriod parse(String text) {
    return switch (text.length()) {
      case 10 -> between(text, LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
      case 7 ->
          between(
              text, YearMonth.parse(text).atDay(1), YearMonth.parse(text).plusMonths(1).atDay(1));
      default ->
          text.equals(EVER)
              ? new EventPeriod(EVER, Instant.MIN, Instant.MAX)
              : between(text, Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
    };
  }

  private static EventPeriod between(String text, LocalDate from, LocalDate until) {
    return new EventPeriod(
        text,
        from.atStartOfDay(ZoneOffset.UTC).toInstant(),
        until.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  public boolean isEver() {
    return text.equals(EVER);
  }

  /** How a stamp names it. */
  public Touched touched() {
    return isEver() ? Touched.ALL : Touched.of(List.of(text));
  }

  @Override
  public int compareTo(EventPeriod other) {
    return from.compareTo(other.from);
  }
}
