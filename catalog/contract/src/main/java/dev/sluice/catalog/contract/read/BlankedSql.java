package dev.sluice.catalog.contract.read;

/**
 * SQL in which comments, texts and quoted names are blanked as Spark reads them, so that what is
 * left is code; line ends stay. A quoted name that is one word stays, because it may be called.
 */
final class BlankedSql {
  private final String sql;
  private final StringBuilder code = new StringBuilder();
  private int at;

  private BlankedSql(String sql) {
    this.sql = sql;
  }

  static String of(String sql) {
    BlankedSql blanked = new BlankedSql(sql);
    while (blanked.at < sql.length()) {
      blanked.next();
    }
    return blanked.code.toString();
  }

  private void next() {
    char c = sql.charAt(at);
    if (sql.startsWith("--", at)) {
      blank(endOfLine());
    } else if (isComment(at)) {
      blank(endOfComment());
    } else if (c == '\'' || c == '"') {
      blank(endOfText(c, isRaw()));
    } else if (c == '`') {
      int end = endOfName();
      if (isWord(end)) {
        code.append(sql, at, end);
        at = end;
      } else {
        blank(end);
      }
    } else {
      code.append(c);
      at++;
    }
  }

  private void blank(int end) {
    for (; at < end; at++) {
      code.append(sql.charAt(at) == '\n' ? '\n' : ' ');
    }
  }

  /** A backslash before the line end makes the next line part of the comment. */
  private int endOfLine() {
    int end = at;
    while (end < sql.length() && sql.charAt(end) != '\r' && sql.charAt(end) != '\n') {
      end += sql.startsWith("\\\n", end) ? 2 : 1;
    }
    return end;
  }

  /** Whether a comment begins here; {@code /*+} begins a hint, which is code. */
  private boolean isComment(int place) {
    return sql.startsWith("/*", place) && !sql.startsWith("/*+", place);
  }

  /** Comments lie within one another. */
  private int endOfComment() {
    int end = at + 2;
    for (int deep = 1; deep > 0 && end < sql.length(); ) {
      if (sql.startsWith("*/", end)) {
        deep--;
        end += 2;
      } else if (isComment(end)) {
        deep++;
        end += 2;
      } else {
        end++;
      }
    }
    return end;
  }

  private int endOfText(char quote, boolean raw) {
    int end = at + 1;
    while (end < sql.length() && sql.charAt(end) != quote) {
      end += sql.charAt(end) == '\\' && !raw ? 2 : 1;
    }
    return Math.min(end + 1, sql.length());
  }

  /** Whether the text is written {@code r'...'}, where a backslash is one. */
  private boolean isRaw() {
    return at > 0
        && Character.toLowerCase(sql.charAt(at - 1)) == 'r'
        && (at == 1 || !isWordPart(sql.charAt(at - 2)));
  }

  private int endOfName() {
    int end = sql.indexOf('`', at + 1);
    return end < 0 ? sql.length() : end + 1;
  }

  private boolean isWord(int end) {
    return end - at > 2
        && sql.substring(at + 1, end - 1).chars().allMatch(c -> isWordPart((char) c));
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
