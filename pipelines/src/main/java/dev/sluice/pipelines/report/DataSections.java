package dev.sluice.pipelines.report;

import dev.sluice.pipelines.query.QueryResult;
import dev.sluice.pipelines.report.Html.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sections of the page that tell of data: lag, what was set aside, egress, samples. */
final class DataSections {
  private final Report report;
  private final Html page;

  DataSections(Report report, Html page) {
    this.report = report;
    this.page = page;
  }

  void write() {
    lag();
    aside();
    suppressed();
    exported();
    tables();
    queries();
    samples();
  }

  private void lag() {
    page.section("Lag", "How far each table has taken each lane, and where the lane ends.");
    page.table(
            List.of("zone", "table", "lane", "#head", "#end", "#lag"),
            report.lag().stream()
                .map(
                    l ->
                        List.of(
                            Cell.of(l.zone()),
                            Cell.of(l.table()),
                            Cell.of(l.lane()),
                            Cell.number(l.head()),
                            Cell.number(l.end()),
                            l.lag() == 0
                                ? Cell.text("0", "n good")
                                : Cell.text(Html.number(l.lag()), "n warn")))
                .toList())
        .endSection();
  }

  private void aside() {
    page.section(
        "Set aside",
        "Every raw row that is not in stage stands in quarantine once, sealed, with its reason.");
    page.table(
            List.of("table", "fate", "reason", "field", "#rows", "#bytes"),
            report.setAside().stream()
                .map(
                    a ->
                        List.of(
                            Cell.of(a.table()),
                            Cell.of(a.fate()),
                            Cell.of(a.reason()),
                            Cell.of(a.field()),
                            Cell.number(a.rows()),
                            Cell.number(a.bytes())))
                .toList())
        .endSection();
  }

  private void suppressed() {
    page.section(
        "Reasons and counts by step",
        "Why rows were set aside or held back from leaving, and what else the steps counted.");
    List<List<Cell>> rows = new ArrayList<>();
    for (Report.Step s : report.steps()) {
      Map<String, Long> all = new TreeMap<>();
      s.reasons().forEach((reason, count) -> all.put("reason " + reason, count));
      s.notes().forEach((note, count) -> all.put("note " + note, count));
      all.forEach(
          (name, count) ->
              rows.add(
                  List.of(
                      Cell.of(s.step()),
                      Cell.of(s.dataSet()),
                      Cell.of(name.split(" ", 2)[0]),
                      Cell.of(name.split(" ", 2)[1]),
                      Cell.number(count))));
    }
    page.table(List.of("step", "data set", "kind", "what", "#count"), rows).endSection();
  }

  private void exported() {
    page.section("Egress", "What stands in BigQuery, and the bytes that left for it in all.");
    List<List<Cell>> rows = new ArrayList<>();
    report
        .exported()
        .forEach(
            (table, e) ->
                rows.add(List.of(Cell.of(table), Cell.number(e.rows()), Cell.number(e.bytes()))));
    page.table(List.of("table", "#rows", "#bytes"), rows).endSection();
  }

  private void tables() {
    page.section("Tables", "Rows and editions of every table, after the run.");
    List<List<Cell>> rows = new ArrayList<>();
    report
        .tables()
        .forEach(
            (table, count) ->
                rows.add(
                    List.of(
                        Cell.of(table),
                        Cell.number(count),
                        Cell.number(report.editions().getOrDefault(table, 0L)))));
    page.table(List.of("table", "#rows", "#edition"), rows).endSection();
  }

  private void queries() {
    if (report.queries().isEmpty()) {
      return;
    }
    page.section("Questions", "What an analyst may ask, on Iceberg and on BigQuery.");
    for (Report.Asked asked : report.queries()) {
      page.element("h3", asked.title() + " (" + asked.engine() + ")");
      page.element("pre", asked.sql());
      rows(asked.rows());
    }
    page.endSection();
  }

  private void samples() {
    page.section("Samples", "A few rows of each table.");
    for (Report.Sample sample : report.samples()) {
      page.raw("<details>").element("summary", sample.zone() + ": " + sample.table());
      rows(sample.rows());
      page.raw("</details>");
    }
    page.endSection();
  }

  private void rows(QueryResult result) {
    page.table(
        result.columns(),
        result.rows().stream().map(row -> row.stream().map(Cell::of).toList()).toList());
  }
}
