package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.query.TextTable;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.pipelines.runner.WrongUsage;
import dev.sluice.stage.WaitingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice quarantine show}: places and verdicts of rows that wait, never their bytes. */
@Command(
    name = "show",
    description = {
      "Shows rows that wait: place, size and every verdict, oldest first. Their bytes are sealed",
      "and are not shown."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice quarantine show video-detections",
      "  sluice quarantine show flights --reason NOT_JSON --limit 5 --json"
    })
public final class QuarantineShow implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();

  @Option(names = "--reason", paramLabel = "CODE", description = "Only rows with this reason.")
  private @Nullable String reason;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many rows a data set (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print the verdicts as JSON.")
  private boolean json;

  private record Shown(String dataSet, String tenant, WaitingRows.Verdict verdict) {}

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new WrongUsage("Expected --limit to be 1 or more; got " + limit);
    }
    Console console = Console.of(json);
    List<Shown> all = new ArrayList<>();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), home.config(), console.progress())) {
      for (Chosen each : dataSets.of(lakehouse.contracts())) {
        new WaitingRows(lakehouse.lake(), each.contract(), each.tenant())
            .verdicts(Optional.ofNullable(reason), limit)
            .forEach(v -> all.add(new Shown(each.contract().id(), each.tenant().name(), v)));
      }
    }
    if (json) {
      console.results().println(ReportJson.text(all));
    } else if (all.isEmpty()) {
      console.results().println("No such row waits.");
    } else {
      TextTable.whole(
              List.of(
                  "data set", "tenant", "lane", "sequence", "size", "reason", "field", "contract"),
              all.stream().map(QuarantineShow::cells).toList())
          .forEach(console.results()::println);
    }
    return 0;
  }

  private static List<String> cells(Shown shown) {
    WaitingRows.Verdict verdict = shown.verdict();
    return List.of(
        shown.dataSet(),
        shown.tenant(),
        verdict.lane(),
        Long.toString(verdict.sequence()),
        Integer.toString(verdict.size()),
        verdict.reason(),
        verdict.field(),
        verdict.contractVersion());
  }
}
