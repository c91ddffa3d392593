package dev.sluice.pipelines.runner;

import java.util.regex.Pattern;

/**
 * Text as a terminal may get it. Control and format characters (Unicode's Cc and Cf) steer it: they
 * move the cursor, colour, hide text or turn its direction, and may stand in what others sent.
 */
public final class TerminalText {
  private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n]]");

  private TerminalText() {}

  /** The text with a dot for each such character; line breaks stay. */
  public static String of(String text) {
    return STEERING.matcher(text).replaceAll(".");
  }

  /** The same in one line: a dot for each line break too. */
  public static String line(String text) {
    return of(text).replace('\n', '.');
  }
}
