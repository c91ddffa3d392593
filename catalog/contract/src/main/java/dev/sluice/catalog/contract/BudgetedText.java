package dev.sluice.catalog.contract;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text that lets itself be looked at only so often. A contract's pattern may backtrack without end
 * on hostile text, or deeper than the stack; with a budget it is left undecided soon.
 */
public final class BudgetedText implements CharSequence {
  private static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private long looksLeft;

  private BudgetedText(String text, long looks) {
    this.text = text;
    this.looksLeft = looks;
  }

  /**
   * Whether a pattern is found anywhere in a text; empty when that is not decided in time.
   *
   * @param looksAtLeast how often characters may be looked at, however short the text
   * @param looksPerCharacter how much oftener for each character
   */
  public static Optional<Boolean> found(
      Pattern pattern, String text, long looksAtLeast, long looksPerCharacter) {
    long looks = looksAtLeast + looksPerCharacter * text.length();
    try {
      return Optional.of(pattern.matcher(new BudgetedText(text, looks)).find());
    } catch (Spent | StackOverflowError e) {
      return Optional.empty();
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
