package dev.sluice.stage.decode;

import dev.sluice.catalog.privacy.ScreenText;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of fields that the contract does not know, fit for reports. A producer may use people's
 * data as names, so only what reads as an identifier is told: letters, underscores and up to two
 * digits. With a dot or dash {@code anna.svensson} would be one, and a number plate is one in small
 * letters and with underscores too. Not thread-safe.
 */
final class UnknownNames {
  /** Stands for names that are no identifiers. */
  static final String NOT_A_NAME = "(not a name)";

  /** Stands for names beyond the first {@link #LIMIT} of a message. */
  static final String FURTHER = "(further)";

  static final int LIMIT = 20;

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,59}");
  private static final Pattern MANY_DIGITS = Pattern.compile(".*\\d.*\\d.*\\d.*");
  private static final int REMEMBERED = 1000;

  private final Map<String, String> told = new HashMap<>();
  private final Set<String> ofMessage = new LinkedHashSet<>();

  void startMessage() {
    ofMessage.clear();
  }

  /**
   * @param object the contract's name of what the field stands in, with a dot; empty for a message
   */
  void add(String object, String name) {
    if (ofMessage.size() >= LIMIT) {
      ofMessage.add(FURTHER);
      return;
    }
    String known = told.get(name);
    if (known == null) {
      known = fit(name);
      if (told.size() < REMEMBERED) {
        told.put(name, known);
      }
    }
    ofMessage.add(object + known);
  }

  /** The names of this message, each once. */
  String[] ofMessage() {
    return ofMessage.toArray(String[]::new);
  }

  private static String fit(String name) {
    boolean tells =
        IDENTIFIER.matcher(name).matches()
            && !MANY_DIGITS.matcher(name).matches()
            && !isScreened(name.toUpperCase(Locale.ROOT).replace('_', ' '));
    return tells ? name : NOT_A_NAME;
  }

  private static boolean isScreened(String text) {
    return !ScreenText.screen(text).equals(text);
  }
}
