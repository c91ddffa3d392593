package dev.sluice.pipelines.status;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Finds what waits before a zone for longer than the contract's latency: messages by the time at
 * which they were sent, editions by the time at which they were published.
 */
public final class FindLate {
  private final ReadTables tables;
  private final FirstMessages kafka;
  private final Clock clock;

  /** By lane, the offset of the first message of a topic that was sent at a time or later. */
  @FunctionalInterface
  public interface FirstMessages {
    SortedMap<Lane, Long> from(String topic, Instant time);
  }

  public FindLate(ReadTables tables, FirstMessages kafka, Clock clock) {
    this.tables = tables;
    this.kafka = kafka;
    this.clock = clock;
  }

  /** What is late of these lags of a data set; nothing when the contract promises nothing. */
  public List<Late> of(DataContract contract, TenantId tenant, List<LaneLag> all) {
    // files that were not seen yet have no time on which a promise could rest
    List<LaneLag> lags = all.stream().filter(lag -> !new Lane(lag.lane()).isDrop()).toList();
    Optional<Duration> allowed = contract.levels().latency();
    if (allowed.isEmpty() || lags.stream().allMatch(lag -> lag.lag() == 0)) {
      return List.of();
    }
    Instant now = clock.instant();
    Map<Lane, Long> young =
        contract.source().hasTopic()
            ? kafka.from(contract.source().topic(tenant), now.minus(allowed.get()))
            : Map.of();
    return lags.stream()
        .filter(lag -> lag.lag() > 0)
        .flatMap(
            lag ->
                (lag.zone().equals("raw")
                        ? messages(lag, young, allowed.get())
                        : editions(lag, now, allowed.get()))
                    .stream())
        .toList();
  }

  private static Optional<Late> messages(LaneLag lag, Map<Lane, Long> young, Duration allowed) {
    long firstYoung = lag.end();
    for (Map.Entry<Lane, Long> each : young.entrySet()) {
      if (each.getKey().name().equals(lag.lane())) {
        firstYoung = each.getValue();
      }
    }
    return lag.head() < firstYoung
        ? Optional.of(new Late(lag, allowed, allowed))
        : Optional.empty();
  }

  private Optional<Late> editions(LaneLag lag, Instant now, Duration allowed) {
    return tables
        .publishedAt(lag.lane(), lag.head())
        .map(since -> Duration.between(since, now))
        .filter(waiting -> waiting.compareTo(allowed) > 0)
        .map(waiting -> new Late(lag, waiting, allowed));
  }
}
