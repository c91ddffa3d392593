package dev.sluice.pipelines.generate;

import dev.sluice.pipelines.runner.WrongUsage;
import java.time.Duration;
import java.time.Instant;

/**
 * What to generate; equal options give equal bytes.
 *
 * @param rows how many messages in all, broken and repeated ones included
 * @param until event times end here
 * @param resent share (0 to 1) of messages that are sent again, byte for byte
 * @param conflicting share of messages whose key comes again with another payload
 * @param late share of messages that arrive long after others of their time
 * @param broken share of messages that no contract would take
 */
public record GenerateOptions(
    long rows,
    long seed,
    Instant until,
    double resent,
    double conflicting,
    double late,
    double broken) {
  /** Rows an event-time hour has, so that places are neither empty nor crowded. */
  private static final long ROWS_AN_HOUR = 2_000;

  public static final Instant DEFAULT_UNTIL = Instant.parse("2026-11-01T00:00:00Z");

  public GenerateOptions {
    if (rows < 0 || rows > 1_000_000_000) {
      throw new WrongUsage("Expected 0 to 1,000,000,000 rows; got " + rows);
    }
    double all = resent + conflicting + late + broken;
    if (resent < 0 || conflicting < 0 || late < 0 || broken < 0 || all > 0.9) {
      throw new WrongUsage("Expected shares from 0 to 1 that add up to at most 0.9; got " + all);
    }
  }

  /** The usual mix: mostly good, some of everything else. */
  public static GenerateOptions of(long rows, long seed) {
    return new GenerateOptions(rows, seed, DEFAULT_UNTIL, 0.02, 0.001, 0.02, 0.01);
  }

  /** The stretch of event time over which the messages are spread. */
  Duration span() {
    return Duration.ofHours(Math.max(1, rows / ROWS_AN_HOUR));
  }
}
