package dev.sluice.pipelines.query;

import dev.sluice.pipelines.runner.TerminalText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as an aligned table for the console. */
public final class TextTable {
  private static final int WIDEST = 60;

  private TextTable() {}

  /** With cells of at most {@value #WIDEST} characters; what is longer is cut. */
  public static List<String> lines(
      List<String> columns, List<? extends List<@Nullable String>> rows) {
    return lines(columns, rows, WIDEST);
  }

  /** With whole cells, for names of which the end tells. */
  public static List<String> whole(
      List<String> columns, List<? extends List<@Nullable String>> rows) {
    return lines(columns, rows, Integer.MAX_VALUE);
  }

  private static List<String> lines(
      List<String> columns, List<? extends List<@Nullable String>> rows, int widest) {
    int[] widths = columns.stream().mapToInt(String::length).toArray();
    for (List<@Nullable String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], text(row.get(i), widest).length());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns, widths, widest));
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    lines.add(line(rules, widths, widest));
    rows.forEach(row -> lines.add(line(row, widths, widest)));
    return lines;
  }

  private static String line(List<? extends @Nullable String> cells, int[] widths, int widest) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = text(cells.get(i), widest);
      line.append(i == 0 ? "" : "  ").append(cell);
      line.append(" ".repeat(Math.max(0, widths[i] - cell.length())));
    }
    return line.toString().stripTrailing();
  }

  private static String text(@Nullable String cell, int widest) {
    String text = cell == null ? "NULL" : TerminalText.line(cell);
    return text.length() > widest ? text.substring(0, widest - 1) + "…" : text;
  }
}
