package dev.sluice.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.EventPeriod.Length;
import dev.sluice.catalog.position.Touched;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPeriodTest {
  @ParameterizedTest
  @CsvSource({
    "DAY, 2026-02-28, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
    "MONTH, 2026-02, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "YEAR, 2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z"
  })
  void momentLiesInOnePeriodOfEachLength(Length length, String text, Instant from, Instant until) {
    EventPeriod period = length.at(Instant.parse("2026-02-28T23:59:59.999999Z"));

    assertThat(period).isEqualTo(new EventPeriod(text, from, until));
    assertThat(EventPeriod.parse(text)).isEqualTo(period);
    assertThat(period.touched()).isEqualTo(Touched.of(List.of(text)));
  }

  @Test
  void everIsNamedAsAll() {
    assertThat(Length.EVER.at(Instant.EPOCH).touched()).isEqualTo(Touched.ALL);
    assertThat(EventPeriod.parse("ever").isEver()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "days(seen_at), DAY",
    "hours(seen_at), DAY",
    "seen_at, DAY",
    "months(seen_at), MONTH",
    "years(seen_at), YEAR",
    "months(other_at), EVER",
    "'bucket(4, seen_at)', EVER"
  })
  void lengthComesFromThePartitioningByEventTime(String transform, Length length) {
    assertThat(Length.of(partitionedBy(List.of(transform)))).isEqualTo(length);
  }

  @Test
  void finestTransformDecides() {
    assertThat(
            Length.of(partitionedBy(List.of("bucket(4, id)", "months(seen_at)", "days(seen_at)"))))
        .isEqualTo(Length.DAY);
  }

  @Test
  void otherTextIsNoPeriod() {
    assertThatThrownBy(() -> EventPeriod.parse("sometimes")).isInstanceOf(DateTimeException.class);
  }

  private static StageTable partitionedBy(List<String> transforms) {
    return new StageTable(
        "sightings",
        List.of(),
        new EventTime("seen_at", Instant.EPOCH, Duration.ofHours(1)),
        Duration.ofDays(1),
        transforms,
        List.of(),
        List.of(),
        List.of());
  }
}
