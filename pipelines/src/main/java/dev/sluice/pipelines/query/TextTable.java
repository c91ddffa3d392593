package dev.sluice.pipelines.query;

import dev.sluice.pipelines.runner.TerminalText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as an aligned table for the console. */
public final class TextTable {
  private static final int WIDEST = 60;

  private TextTable() {}

  public static List<String> lines(
      List<String> columns, List<? extends List<@Nullable String>> rows) {
    int[] widths = columns.stream().mapToInt(String::length).toArray();
    for (List<@Nullable String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.min(WIDEST, Math.max(widths[i], text(row.get(i)).length()));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns, widths));
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    lines.add(line(rules, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static String line(List<? extends @Nullable String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = text(cells.get(i));
      line.append(i == 0 ? "" : "  ").append(cell);
      line.append(" ".repeat(Math.max(0, widths[i] - cell.length())));
    }
    return line.toString().stripTrailing();
  }

  private static String text(@Nullable String cell) {
    String text = cell == null ? "NULL" : TerminalText.line(cell);
    return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
  }
}
