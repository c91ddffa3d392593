package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.config.SluiceConfig;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.jobs.NoteQueries;
import dev.sluice.pipelines.query.QueryResult;
import dev.sluice.pipelines.query.RunQuery;
import dev.sluice.pipelines.query.TextTable;
import dev.sluice.pipelines.report.ReportJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice query}: one read-only statement. */
@Command(
    name = "query",
    description = {
      "Answers one SELECT over stage, reference and refined tables. Anything that writes, reads",
      "files, settings or raw, or calls code of others is refused before it runs."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice query \"SELECT location, sum(detections) FROM city_refined.detections_by_location_hour"
          + " GROUP BY location\"",
      "  sluice query --json \"SELECT count(*) FROM airports_stage.flights\""
    })
public final class Query implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Option(names = "--json", description = "Print columns and rows as JSON.")
  private boolean json;

  @Parameters(paramLabel = "SQL", description = "The statement.")
  private String sql = "";

  @Override
  public Integer call() {
    Console console = Console.of(true);
    SluiceConfig config = home.config();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), config, console.progress())) {
      QueryResult result =
          new RunQuery(
                  lakehouse.lake().spark(),
                  config.limits().queryRows(),
                  config.limits().querySeconds(),
                  new NoteQueries(lakehouse))
              .run(sql);
      if (json) {
        console.results().println(ReportJson.text(result));
      } else {
        TextTable.lines(result.columns(), result.rows()).forEach(console.results()::println);
        console
            .progress()
            .plain(
                result.rows().size()
                    + " rows"
                    + (result.cut() ? ", cut there (limits.queryRows)" : ""));
      }
    }
    return 0;
  }
}
