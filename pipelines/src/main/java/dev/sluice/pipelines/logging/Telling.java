package dev.sluice.pipelines.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/**
 * Tells of an exception what holds no value of a row: its type, Spark's name for the error, and its
 * message only when the exception is of a type of ours. A foreign message is not searched for
 * values; it is not told at all, because a cast that fails quotes what it could not cast.
 */
public final class Telling {
  private static final String OURS = "dev.sluice.";
  private static final String WITHHELD = " (its message is withheld)";

  /** Where a text begins to repeat an exception: at its type, or at Spark's name for the error. */
  private static final Pattern REPEATED =
      Pattern.compile(
          "((?:[\\w$]+\\.)+[\\w$]*(?:Exception|Error|Throwable)\\b|[\\w$]+(?:Exception|Error)(?=:))"
              + "(?::? *(\\[[A-Z0-9_.]+\\]))?"
              + "|\\[[A-Z0-9]+_[A-Z0-9_.]+\\]");

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");

  private Telling() {}

  /** Whether the message of this exception was written by us, without values of rows. */
  public static boolean isOurs(Throwable thrown) {
    return thrown.getClass().getName().startsWith(OURS);
  }

  /** One line for an exception, without its causes. */
  public static String of(Throwable thrown) {
    String type = thrown.getClass().getName();
    String message = thrown.getMessage();
    if (message == null) {
      return type;
    }
    if (isOurs(thrown)) {
      return type + ": " + message;
    }
    return type + condition(thrown) + WITHHELD;
  }

  /** {@code " [CAST_INVALID_INPUT]"} for Spark's exceptions, which name what went wrong. */
  public static String condition(Throwable thrown) {
    String condition = thrown instanceof SparkThrowable spark ? spark.getCondition() : null;
    return condition == null || !condition.matches("[A-Z0-9_.]+") ? "" : " [" + condition + "]";
  }

  /**
   * The text of a foreign log line as far as it may be told: its first line, without what stands in
   * quotes, and up to where it begins to repeat an exception's message.
   */
  public static String text(@Nullable String foreign) {
    if (foreign == null) {
      return "";
    }
    Matcher repeated = REPEATED.matcher(foreign);
    if (repeated.find()) {
      return firstLine(foreign.substring(0, repeated.start())) + repeated.group() + WITHHELD;
    }
    return firstLine(foreign);
  }

  private static String firstLine(String text) {
    String[] lines = text.split("\\R", 2);
    String first = QUOTED.matcher(lines[0]).replaceAll("'...'");
    return lines.length == 1 ? first : first + " ... ";
  }
}
