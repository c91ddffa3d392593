package dev.sluice.stage;

import java.io.Serializable;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/**
 * Changes text to text; null stays null. Each task remembers some of its last answers, because
 * cameras, operators and plates come again and again and a token costs ten times a comparison. The
 * clear texts live as long as the task.
 */
final class ChangeText implements UDF1<String, String> {
  private static final long serialVersionUID = 1L;
  private static final int REMEMBERED = 4096;
  private static final int LONGEST_REMEMBERED = 200;

  /** How one text becomes another; always the same for the same text. */
  @FunctionalInterface
  interface Change extends Serializable {
    String of(String clear);
  }

  private final Change change;
  private transient @Nullable String @Nullable [] asked;
  private transient @Nullable String @Nullable [] answers;

  ChangeText(Change change) {
    this.change = change;
  }

  @Override
  @SuppressWarnings("NullAway") // Spark hands over null for NULL and expects it back
  public String call(@Nullable String clear) {
    return clear == null ? null : changed(clear);
  }

  private String changed(String clear) {
    if (clear.length() > LONGEST_REMEMBERED) {
      return change.of(clear);
    }
    if (asked == null || answers == null) {
      asked = new String[REMEMBERED];
      answers = new String[REMEMBERED];
    }
    int hash = clear.hashCode();
    int place = (hash ^ hash >>> 16) & REMEMBERED - 1;
    String answer = answers[place];
    if (answer == null || !clear.equals(asked[place])) {
      answer = change.of(clear);
      asked[place] = clear;
      answers[place] = answer;
    }
    return answer;
  }
}
