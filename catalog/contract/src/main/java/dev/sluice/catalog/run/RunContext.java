package dev.sluice.catalog.run;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Who writes: one run of one job. The clock and the id are inputs, so that a run can be repeated.
 *
 * @param id unique, safe in file and branch names
 */
public record RunContext(String id, String codeVersion, Instant startedAt) {

  /** A run that starts now. */
  public static RunContext start(String codeVersion, Clock clock) {
    return new RunContext(
        "r" + UUID.randomUUID().toString().replace("-", "").substring(0, 16),
        codeVersion,
        clock.instant());
  }
}
