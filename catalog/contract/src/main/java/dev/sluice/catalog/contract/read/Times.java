package dev.sluice.catalog.contract.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads instants and durations in the forms of ISO 8601. */
final class Times {
  private static final Duration LONGEST = Duration.ofDays(36_600);

  private Times() {}

  static Optional<Instant> instant(Section section, String key) {
    return section.text(key).flatMap(text -> instant(section, key, text));
  }

  private static Optional<Instant> instant(Section section, String key, String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      section.fault(
          key, "'" + key + "' must be an instant such as 2000-01-01T00:00:00Z; got '" + text + "'");
      return Optional.empty();
    }
  }

  /** A duration from zero to a hundred years. */
  static Optional<Duration> duration(Section section, String key) {
    return section.text(key).flatMap(text -> duration(section, key, text));
  }

  private static Optional<Duration> duration(Section section, String key, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return Optional.of(duration);
      }
    } catch (DateTimeException | ArithmeticException e) {
      // falls through to the same fault as a duration out of range
    }
    section.fault(
        key,
        "'"
            + key
            + "' must be a duration such as P7D or PT10M, not below zero; got '"
            + text
            + "'");
    return Optional.empty();
  }
}
