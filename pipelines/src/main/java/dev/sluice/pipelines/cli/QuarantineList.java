package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import dev.sluice.pipelines.jobs.Lakehouse;
import dev.sluice.pipelines.query.TextTable;
import dev.sluice.pipelines.report.ReportJson;
import dev.sluice.stage.WaitingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice quarantine list}: what waits, by reason. */
@Command(
    name = "list",
    description = "Counts the rows that wait, by their newest reason.",
    footerHeading = "%nExamples:%n",
    footer = {"  sluice quarantine list", "  sluice quarantine list flights --json"})
public final class QuarantineList implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private DataSetOptions dataSets = new DataSetOptions();

  @Option(names = "--json", description = "Print the groups as JSON.")
  private boolean json;

  private record Waiting(String dataSet, String tenant, WaitingRows.Group group) {}

  @Override
  public Integer call() {
    Console console = Console.of(json);
    List<Waiting> all = new ArrayList<>();
    try (Lakehouse lakehouse = Lakehouse.open(home.home(), home.config(), console.progress())) {
      for (Chosen each : dataSets.of(lakehouse.contracts())) {
        new WaitingRows(lakehouse.lake(), each.contract(), each.tenant())
            .groups()
            .forEach(g -> all.add(new Waiting(each.contract().id(), each.tenant().name(), g)));
      }
    }
    if (json) {
      console.results().println(ReportJson.text(all));
    } else if (all.isEmpty()) {
      console.results().println("No row waits.");
    } else {
      TextTable.whole(
              List.of("data set", "tenant", "rows", "bytes", "reason", "field", "contract"),
              all.stream().map(QuarantineList::cells).toList())
          .forEach(console.results()::println);
    }
    return 0;
  }

  private static List<String> cells(Waiting waiting) {
    WaitingRows.Group group = waiting.group();
    return List.of(
        waiting.dataSet(),
        waiting.tenant(),
        Long.toString(group.rows()),
        Long.toString(group.bytes()),
        group.reason(),
        group.field(),
        group.contractVersion());
  }
}
