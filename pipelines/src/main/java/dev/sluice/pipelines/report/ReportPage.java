package dev.sluice.pipelines.report;

import dev.sluice.catalog.run.RuleResult;
import dev.sluice.pipelines.report.Html.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The report as one self-contained page. */
public final class ReportPage {
  private static final Set<String> GOOD = Set.of("Done", "NothingToDo");

  private final Report report;
  private final Html page = new Html();

  private ReportPage(Report report) {
    this.report = report;
  }

  public static String text(Report report) {
    return new ReportPage(report).write();
  }

  private String write() {
    page.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'\">")
        .element("title", "Sluice: " + report.command() + " " + report.run())
        .raw("<style>" + css() + "</style></head><body><header>")
        .element("h1", "Sluice: " + report.command())
        .element(
            "p",
            "Run "
                + report.run()
                + ", "
                + report.startedAt()
                + " to "
                + report.finishedAt()
                + ", version "
                + report.codeVersion()
                + ", exit code "
                + report.exitCode())
        .raw("</header><main>");
    cards();
    steps();
    times();
    quality();
    new DataSections(report, page).write();
    page.raw("</main><footer>");
    page.element(
        "p",
        "Of raw and quarantine only place, size and reason are shown. The same facts stand in"
            + " report.json beside this page.");
    return page.raw("</footer></body></html>").toString();
  }

  private void cards() {
    page.raw("<section><div class=\"cards\">");
    card(sum("land", true), "messages landed");
    card(sum("promote", true), "rows promoted to stage");
    card(
        report.steps().stream().mapToLong(Report.Step::quarantined).sum(),
        "set aside with a reason");
    card(report.steps().stream().mapToLong(Report.Step::duplicates).sum(), "duplicates dropped");
    card(
        report.exported().values().stream().mapToLong(Report.Exported::rows).sum(),
        "rows in BigQuery");
    card(report.exported().values().stream().mapToLong(Report.Exported::bytes).sum(), "bytes left");
    page.raw("</div></section>");
  }

  private void card(long number, String what) {
    page.raw("<div class=\"card\">")
        .element("b", Html.number(number))
        .element("span", what)
        .raw("</div>");
  }

  private long sum(String step, boolean published) {
    return report.steps().stream()
        .filter(s -> s.step().equals(step))
        .mapToLong(s -> published ? s.published() : s.taken())
        .sum();
  }

  private void steps() {
    page.section(
        "Steps",
        "For each step: taken = published + quarantined + duplicates + suppressed. What was taken"
            + " and not published is told below, with its reason.");
    List<List<Cell>> rows = new ArrayList<>();
    for (Report.Step s : report.steps()) {
      long out = s.published() + s.quarantined() + s.duplicates() + s.suppressed();
      rows.add(
          List.of(
              Cell.of(s.step()),
              Cell.of(s.dataSet()),
              Cell.of(s.tenant()),
              Cell.text(s.outcome(), GOOD.contains(s.outcome()) ? "good" : "bad"),
              Cell.number(s.taken()),
              Cell.number(s.published()),
              Cell.number(s.quarantined()),
              Cell.number(s.duplicates()),
              Cell.number(s.suppressed()),
              s.taken() == out ? Cell.text("yes", "good") : Cell.text("NO", "bad"),
              Cell.text(seconds(s.seconds()), "n"),
              Cell.of(s.message())));
    }
    page.table(
            List.of(
                "step",
                "data set",
                "tenant",
                "outcome",
                "#taken",
                "#published",
                "#quarantined",
                "#duplicates",
                "#suppressed",
                "balances",
                "#seconds",
                "said"),
            rows)
        .endSection();
  }

  private void times() {
    double longest = report.steps().stream().mapToDouble(Report.Step::seconds).max().orElse(1);
    page.section("Time", "Seconds for each step, after Spark was up.");
    page.raw("<div class=\"wide\"><table><tbody>");
    for (Report.Step s : report.steps()) {
      page.raw("<tr>")
          .element("td", s.step() + " " + s.dataSet())
          .element("td", "n", seconds(s.seconds()))
          .raw(
              String.format(
                  Locale.ROOT,
                  "<td style=\"width:60%%\"><div class=\"bar\" style=\"width:%.1f%%\"></div></td>",
                  100 * s.seconds() / Math.max(longest, 0.001)))
          .raw("</tr>");
    }
    page.raw("</tbody></table></div>").endSection();
  }

  private void quality() {
    page.section("Quality", "Every rule that was measured before its set was published.");
    List<List<Cell>> rows = new ArrayList<>();
    for (Report.Step s : report.steps()) {
      for (RuleResult rule : s.rules()) {
        String verdict = rule.held() ? "held" : rule.blocks() ? "blocked" : "warned";
        rows.add(
            List.of(
                Cell.of(s.step()),
                Cell.of(s.dataSet()),
                Cell.of(rule.rule()),
                Cell.of(rule.expected()),
                Cell.text(Html.measured(rule.measured()), "n"),
                Cell.text(verdict, rule.held() ? "good" : rule.blocks() ? "bad" : "warn")));
      }
    }
    page.table(List.of("step", "data set", "rule", "expected", "#measured", "verdict"), rows);
    for (Report.Step s : report.steps()) {
      if (!s.sample().isEmpty()) {
        page.element("h3", "Rows that blocked " + s.step() + " " + s.dataSet());
        page.element("pre", String.join("\n", s.sample()));
      }
    }
    page.endSection();
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds);
  }

  private static String css() {
    try (InputStream in = ReportPage.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("page.css is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
