package dev.sluice.stage.decode;

import java.util.regex.Pattern;

/**
 * Text that lets itself be looked at only so often. A contract's pattern may backtrack without end
 * on hostile text; with a budget such a text simply does not match.
 */
final class BudgetedText implements CharSequence {
  private static final int LOOKS_PER_CHARACTER = 200;
  private static final int LOOKS_AT_LEAST = 20_000;

  private static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private long looksLeft;

  private BudgetedText(String text) {
    this.text = text;
    this.looksLeft = LOOKS_AT_LEAST + (long) LOOKS_PER_CHARACTER * text.length();
  }

  static boolean isFound(Pattern pattern, String text) {
    try {
      return pattern.matcher(new BudgetedText(text)).find();
    } catch (Spent | StackOverflowError e) {
      return false;
    }
  }

  @Override
  public char charAt(int index) {
    if (--looksLeft < 0) {
      throw new Spent();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
