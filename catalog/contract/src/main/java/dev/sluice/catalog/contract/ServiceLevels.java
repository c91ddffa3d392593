package dev.sluice.catalog.contract;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a contract promises ({@code slaProperties} of ODCS).
 *
 * @param latency how long news may wait before each zone; empty when nothing is promised
 * @param freshness how old the newest event in stage may be
 * @param rowsPerDay how many events at least come in a UTC day
 * @param retention how long rows stay, by {@code raw} or the name of the stage table or a product;
 *     tables that are not named keep theirs
 * @param legalHold why nothing may be removed at present
 */
public record ServiceLevels(
    Optional<Duration> latency,
    Optional<Duration> freshness,
    OptionalLong rowsPerDay,
    Map<String, Duration> retention,
    Optional<String> legalHold) {
  /** No promise. */
  public static final ServiceLevels NONE =
      new ServiceLevels(
          Optional.empty(), Optional.empty(), OptionalLong.empty(), Map.of(), Optional.empty());

  /** The name of the raw table in {@link #retention}. */
  public static final String RAW = "raw";

  public ServiceLevels {
    retention = Map.copyOf(retention);
  }

  /** How long rows of a table stay; empty when for ever. */
  public Optional<Duration> retentionOf(String table) {
    return Optional.ofNullable(retention.get(table));
  }
}
