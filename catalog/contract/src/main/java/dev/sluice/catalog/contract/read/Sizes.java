package dev.sluice.catalog.contract.read;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes such as {@code 500MB}; units are powers of 1000. */
final class Sizes {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5}) ?(B|kB|MB|GB|TB)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L, "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

  private Sizes() {}

  static Optional<Long> bytes(Section section, String key) {
    Optional<String> text = section.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher size = SIZE.matcher(text.get());
    if (!size.matches()) {
      section.fault(
          key, key + " must be a size such as 500MB (B, kB, MB, GB, TB); got '" + text.get() + "'");
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(size.group(1)) * UNITS.getOrDefault(size.group(2), 1L));
  }
}
