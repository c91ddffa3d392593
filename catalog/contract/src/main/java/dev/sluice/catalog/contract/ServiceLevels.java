package dev.sluice.catalog.contract;

import java.time.Duration;
import java.util.Optional;

/**
 * What a contract promises about time ({@code slaProperties} of ODCS).
 *
 * @param latency how long news may wait before each zone; empty when nothing is promised
 */
public record ServiceLevels(Optional<Duration> latency) {
  /** No promise. */
  public static final ServiceLevels NONE = new ServiceLevels(Optional.empty());
}
