package dev.sluice.pipelines.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A page under construction; every text that is added is escaped. */
final class Html {
  private final StringBuilder page = new StringBuilder();

  /** Adds markup of our own, never data. */
  Html raw(String markup) {
    page.append(markup).append('\n');
    return this;
  }

  /** An element with a text. */
  Html element(String name, String text) {
    page.append('<').append(name).append('>').append(escaped(text));
    page.append("</").append(name).append(">\n");
    return this;
  }

  /** An element with a class and a text. */
  Html element(String name, String style, String text) {
    page.append('<').append(name).append(" class=\"").append(style).append("\">");
    page.append(escaped(text)).append("</").append(name).append(">\n");
    return this;
  }

  /** Begins a section with a heading and a sentence on what it shows. */
  Html section(String title, String about) {
    return raw("<section>").element("h2", title).element("p", about);
  }

  Html endSection() {
    return raw("</section>");
  }

  /** A measured number: counts whole, shares with four significant digits. */
  static String measured(double value) {
    if (Double.isNaN(value)) {
      return "no value";
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  /** One cell of a table. */
  record Cell(String text, String style) {
    static Cell of(@Nullable String text) {
      return text == null ? new Cell("NULL", "soft") : new Cell(text, "");
    }

    static Cell number(long value) {
      return new Cell(Html.number(value), value == 0 ? "n soft" : "n");
    }

    static Cell text(String text, String style) {
      return new Cell(text, style);
    }
  }

  /** A table; columns whose heading begins with {@code #} hold numbers. */
  Html table(List<String> headings, List<List<Cell>> rows) {
    raw("<div class=\"wide\"><table><thead><tr>");
    for (String heading : headings) {
      boolean isNumber = heading.startsWith("#");
      element("th", isNumber ? "n" : "", isNumber ? heading.substring(1) : heading);
    }
    raw("</tr></thead><tbody>");
    for (List<Cell> row : rows) {
      page.append("<tr>");
      row.forEach(cell -> element("td", cell.style(), cell.text()));
      page.append("</tr>\n");
    }
    return raw("</tbody></table></div>");
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(c < 32 && c != '\n' ? 0xFFFD : c);
              }
            });
    return safe.toString();
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
