package dev.sluice.catalog.privacy;

import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kind of personal data as it stands in free text. Every quantifier is bounded or possessive,
 * so the work at one place of the text is bounded and the whole is linear in its length.
 */
enum ScreenedPattern {
  EMAIL(
      "email",
      "(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}._%+'-]{1,64}+[@\\uFF20]"
          + "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62}[.]?){1,10}+",
      found -> true),
  IBAN(
      "iban",
      "(?<![\\p{L}\\p{N}])[A-Za-z]{2}\\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![\\p{L}\\p{N}])",
      Checksums::isIban),
  CARD("card", "(?<![\\p{L}\\p{N}])\\d(?:[ -]?\\d){12,18}(?!\\p{N})", Checksums::passesLuhn),
  IP_ADDRESS(
      "ip",
      "(?<![\\p{L}\\p{N}.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)[.]){3}"
          + "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\p{N}])",
      found -> true),
  NATIONAL_ID("id", "(?<![\\p{L}\\p{N}-])\\d{3}-\\d{2}-\\d{4}(?![\\p{N}-])", found -> true),
  PHONE(
      "phone",
      "(?<![\\p{L}\\p{N}])"
          // but a day of the calendar is none, which 0467-22-1234 is not
          + "(?!(?:19|20)\\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?![\\p{N}-]))"
          + "(?:[+\\uFF0B(]\\(?)?\\d"
          + "(?:[ ().\\u00A0\\u2010-\\u2015/-]{0,2}\\d){6,14}(?!\\p{N})",
      found -> true),
  PLATE(
      "plate",
      "(?<![\\p{L}\\p{N}])(?:"
          // forms of three parts first, or a form of two would leave the third
          + "[A-Z]{2}[ -]?\\d{2}[ -][A-Z]{0,2}[ -]?\\d{4}" // KA 01 AB 1234
          + "|[A-Z]{2}[ -]?\\d{2,3}[ -]?[A-Z]{1,3}" // AB-123-CD, AB12 CDE
          + "|[A-Z]{1,3}[ -][A-Z]{1,2}[ -]?\\d{1,4}[EH]?" // B-MW 1234
          + "|[A-Z]{2,3}[ -]?\\d{3,5}[A-Z]{0,2}" // ABC 1234
          + "|\\d{1,4}[ -]?[A-Z]{2,3}[ -]?\\d{0,4}" // 1234 BCD, 12-AB-34
          + ")(?![\\p{L}\\p{N}])",
      ScreenedPattern::hasDigits);

  private final Pattern pattern;
  private final String replacement;
  private final Predicate<String> confirmed;

  ScreenedPattern(String label, String pattern, Predicate<String> confirmed) {
    this.pattern = Pattern.compile(pattern);
    this.replacement = "[" + label + "]";
    this.confirmed = confirmed;
  }

  /** {@code text} with every confirmed occurrence replaced by the label in brackets. */
  String screen(String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.replaceAll(
        (MatchResult found) ->
            Matcher.quoteReplacement(confirmed.test(found.group()) ? replacement : found.group()));
  }

  private static boolean hasDigits(String found) {
    return found.chars().filter(Character::isDigit).count() >= 2;
  }
}
