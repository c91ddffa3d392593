package dev.sluice.catalog.privacy;

import java.text.Normalizer;

/**
 * Replaces what looks like personal data in free text by its kind in brackets: e-mail addresses,
 * bank accounts and cards (by checksum), IP addresses, national ids of the form 123-45-6789, phone
 * numbers and licence plates. Rather too much than too little; names of people are beyond any
 * pattern, so a column that holds them is personal as a whole and belongs to another method.
 */
public final class ScreenText {
  private ScreenText() {}

  /** {@code text} (in Unicode NFC) without them; time is linear in its length. */
  public static String screen(String text) {
    String screened = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (hasAt(screened)) {
      screened = ScreenedPattern.EMAIL.screen(screened);
    }
    if (hasTwoDigits(screened)) {
      screened = asciiDigits(screened);
      for (ScreenedPattern pattern : ScreenedPattern.values()) {
        if (pattern != ScreenedPattern.EMAIL) {
          screened = pattern.screen(screened);
        }
      }
    }
    return screened;
  }

  private static boolean hasAt(String text) {
    return text.indexOf('@') >= 0 || text.indexOf('\uFF20') >= 0;
  }

  private static boolean hasTwoDigits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length() && digits < 2; i++) {
      digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
    }
    return digits >= 2;
  }

  /** Digits of other scripts as ASCII, so that they hide nothing. */
  private static String asciiDigits(String text) {
    StringBuilder ascii = new StringBuilder(text);
    for (int i = 0; i < ascii.length(); i++) {
      char c = ascii.charAt(i);
      if (c > 127 && Character.isDigit(c)) {
        ascii.setCharAt(i, (char) ('0' + Character.digit(c, 10)));
      }
    }
    return ascii.toString();
  }
}
