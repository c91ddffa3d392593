package dev.sluice.catalog.privacy;

import java.math.BigInteger;
import java.util.Locale;

/** Check digits that tell a real number from one that only looks like it. */
final class Checksums {
  private static final BigInteger IBAN_MODULUS = BigInteger.valueOf(97);

  private Checksums() {}

  /** Payment cards: the Luhn sum (ISO/IEC 7812-1) over the digits, separators left out. */
  static boolean passesLuhn(String text) {
    int sum = 0;
    int place = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      int digit = Character.digit(text.charAt(i), 10);
      if (digit < 0) {
        continue;
      }
      int weighted = place % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
      place++;
    }
    return place >= 13 && sum % 10 == 0;
  }

  /** Bank accounts: ISO 13616, the rearranged number is 1 modulo 97. */
  static boolean isIban(String text) {
    String plain = text.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
    // words after the number may have been taken for a part of it: try the shorter ones too
    for (int length = Math.min(plain.length(), 34); length >= 15; length--) {
      if (holds(plain.substring(0, length))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String iban) {
    StringBuilder digits = new StringBuilder();
    for (char c : (iban.substring(4) + iban.substring(0, 4)).toCharArray()) {
      digits.append(Character.digit(c, 36));
    }
    return new BigInteger(digits.toString()).mod(IBAN_MODULUS).intValue() == 1;
  }
}
