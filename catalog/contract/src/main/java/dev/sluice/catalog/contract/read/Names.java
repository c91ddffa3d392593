package dev.sluice.catalog.contract.read;

import java.util.Optional;
import java.util.regex.Pattern;

/** The form of names; strict, because names reach paths and SQL. */
final class Names {
  private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern DASHED = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private Names() {}

  /** The name at {@code key}: lower case letters, digits and underscores. */
  static Optional<String> snake(Section section, String key) {
    return section
        .must(key, section.text(key))
        .filter(
            name -> fits(section, key, name, SNAKE, "lower case letters, digits and underscores"));
  }

  /** The name at {@code key}: lower case letters and digits with single dashes between. */
  static Optional<String> dashed(Section section, String key) {
    return section
        .must(key, section.text(key))
        .filter(
            name ->
                fits(section, key, name, DASHED, "lower case letters, digits and single dashes"));
  }

  static boolean isSnake(String name) {
    return SNAKE.matcher(name).matches();
  }

  private static boolean fits(
      Section section, String key, String name, Pattern form, String wanted) {
    if (name.length() <= 63 && form.matcher(name).matches()) {
      return true;
    }
    section.fault(
        key, "a name starts with a letter and has " + wanted + " (at most 63); got '" + name + "'");
    return false;
  }
}
