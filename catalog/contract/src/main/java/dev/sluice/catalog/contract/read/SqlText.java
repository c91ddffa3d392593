package dev.sluice.catalog.contract.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What shows of a statement without parsing it. */
public final class SqlText {
  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([A-Za-z_]\\w*)");

  private final String code;

  SqlText(String sql) {
    this.code = BlankedSql.of(sql);
  }

  /** Something found and how many lines below the first line it stands. */
  record Found(String text, int linesBelow) {}

  /** All matches, by the pattern's first group. */
  List<Found> all(Pattern pattern) {
    List<Found> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(code);
    while (matcher.find()) {
      int lines = (int) code.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
      found.add(new Found(matcher.group(1), lines));
    }
    return found;
  }

  /** Names of the parameters {@code :name}. */
  Set<String> parameters() {
    Set<String> names = new TreeSet<>();
    all(PARAMETER).forEach(f -> names.add(f.text()));
    return names;
  }

  /** Whether reading contracts takes this for one query; all else is a fault already. */
  public static boolean isQuery(String sql) {
    return new SqlText(sql).isQuery();
  }

  /** Whether this looks like one query: it begins as one, and no statement can follow. */
  boolean isQuery() {
    String start = code.strip().toLowerCase(Locale.ROOT);
    return (start.startsWith("select") || start.startsWith("with")) && !hasSemicolon();
  }

  boolean hasSemicolon() {
    return code.contains(";");
  }
}
