package dev.sluice.pipelines.generate;

import dev.sluice.pipelines.runner.WrongUsage;
import java.util.random.RandomGenerator;

/**
 * Makes texts that match a regular expression. Understands literals, classes, {@code . \d \w \s},
 * groups, alternatives and the quantifiers {@code ? * + {m,n}} (at most {@value #MOST} repeats);
 * anything else is refused.
 */
final class TextFromPattern {
  private static final int MOST = 6;
  private static final String WORDS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private final String pattern;
  private final RandomGenerator random;
  private int at;

  private TextFromPattern(String pattern, RandomGenerator random) {
    this.pattern = pattern;
    this.random = random;
  }

  static String of(String pattern, RandomGenerator random) {
    String bare = pattern.replaceFirst("^\\^", "").replaceFirst("(?<!\\\\)\\$$", "");
    TextFromPattern reader = new TextFromPattern(bare, random);
    String text = reader.alternatives();
    if (reader.at < bare.length()) {
      throw reader.refused();
    }
    return text;
  }

  private String alternatives() {
    String chosen = sequence();
    int seen = 1;
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      String other = sequence();
      seen++;
      chosen = random.nextInt(seen) == 0 ? other : chosen;
    }
    return chosen;
  }

  private String sequence() {
    StringBuilder text = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      int begin = at;
      String once = atom();
      int end = at;
      int times = repeats();
      int after = at;
      for (int i = 0; i < times; i++) {
        at = begin;
        text.append(i == 0 ? once : atom());
        at = end;
      }
      at = after;
    }
    return text.toString();
  }

  private String atom() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> one(characters());
      case '.' -> one(WORDS);
      case '\\' -> one(escaped(pattern.charAt(at++)));
      case '*', '+', '?', '{', '^', '$' -> throw refused();
      default -> String.valueOf(c);
    };
  }

  private String group() {
    if (pattern.startsWith("?:", at)) {
      at += 2;
    } else if (at < pattern.length() && pattern.charAt(at) == '?') {
      throw refused();
    }
    String text = alternatives();
    if (at >= pattern.length() || pattern.charAt(at++) != ')') {
      throw refused();
    }
    return text;
  }

  private String characters() {
    boolean not = pattern.charAt(at) == '^';
    at += not ? 1 : 0;
    StringBuilder all = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      char low = pattern.charAt(at++);
      if (low == '[' || pattern.startsWith("&&", at)) {
        throw refused(); // classes within classes
      } else if (low == '\\') {
        all.append(escaped(pattern.charAt(at++)));
      } else if (at + 1 < pattern.length()
          && pattern.charAt(at) == '-'
          && pattern.charAt(at + 1) != ']') {
        for (char c = low; c <= pattern.charAt(at + 1); c++) {
          all.append(c);
        }
        at += 2;
      } else {
        all.append(low);
      }
    }
    at++;
    return not ? without(all.toString()) : all.toString();
  }

  private static String without(String excluded) {
    StringBuilder rest = new StringBuilder();
    WORDS.chars().filter(c -> excluded.indexOf(c) < 0).forEach(c -> rest.append((char) c));
    return rest.toString();
  }

  private String escaped(char c) {
    return switch (c) {
      case 'd' -> "0123456789";
      case 'w' -> WORDS + "_";
      case 's' -> " ";
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw refused(); // a class, a border or a group said again
        }
        yield String.valueOf(c);
      }
    };
  }

  private int repeats() {
    if (at >= pattern.length()) {
      return 1;
    }
    switch (pattern.charAt(at)) {
      case '?' -> {
        at++;
        return random.nextInt(2);
      }
      case '*' -> {
        at++;
        return random.nextInt(MOST + 1);
      }
      case '+' -> {
        at++;
        return 1 + random.nextInt(MOST);
      }
      case '{' -> {
        return counted();
      }
      default -> {
        return 1;
      }
    }
  }

  private int counted() {
    int close = pattern.indexOf('}', at);
    String[] bounds = pattern.substring(at + 1, close).split(",", -1);
    at = close + 1;
    int least = Integer.parseInt(bounds[0]);
    if (bounds.length == 1) {
      return least;
    }
    int most = bounds[1].isEmpty() ? least + MOST : Integer.parseInt(bounds[1]);
    return least + random.nextInt(Math.min(most - least, MOST) + 1);
  }

  private String one(String characters) {
    if (characters.isEmpty()) {
      throw refused();
    }
    return String.valueOf(characters.charAt(random.nextInt(characters.length())));
  }

  private WrongUsage refused() {
    return new WrongUsage(
        "The pattern '"
            + pattern
            + "' is beyond what can be generated from; give the column examples in the contract");
  }
}
