package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.query.TextTable;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.RunHistory.BlockedRow;
import dev.sluice.pipelines.runner.TerminalText;
import java.util.ArrayList;
import java.util.List;

/**
 * A status for a person: tables of whole names, then a sentence for each block, lease and fault.
 */
final class StatusText {
  private final StatusReport status;
  private final List<String> lines = new ArrayList<>();

  StatusText(StatusReport status) {
    this.status = status;
  }

  List<String> lines() {
    lines.clear();
    lags();
    canaries();
    tables();
    runs();
    filesSetAside();
    blocked();
    leases();
    status.promises().forEach(this::line);
    status.dropped().forEach(this::line);
    status.unsent().forEach(this::line);
    status.findings().forEach(this::line);
    return List.copyOf(lines);
  }

  private void lags() {
    table(
        List.of("zone", "table", "lane", "head", "end", "lag"),
        status.lag().stream()
            .map(
                l ->
                    List.of(
                        l.zone(), l.table(), l.lane(), "" + l.head(), "" + l.end(), "" + l.lag()))
            .toList());
  }

  private void canaries() {
    if (!status.canaries().isEmpty()) {
      table(
          List.of("lane", "last canary sent", "last seen at raw", "last seen at stage"),
          status.canaries().stream()
              .map(c -> List.of(c.lane(), c.sent(), c.atRaw(), c.atStage()))
              .toList());
    }
  }

  private void tables() {
    table(
        List.of("table", "rows", "edition", "epoch"),
        status.tables().stream()
            .map(t -> List.of(t.table(), "" + t.rows(), "" + t.edition(), "" + t.epoch()))
            .toList());
  }

  private void runs() {
    table(
        List.of("run", "command", "started", "finished", "exit code"),
        status.runs().stream()
            .map(r -> List.of(r.id(), r.command(), r.startedAt(), r.finishedAt(), r.exitCode()))
            .toList());
  }

  private void filesSetAside() {
    if (!status.filesSetAside().isEmpty()) {
      table(
          List.of("dropped for", "set aside", "files"),
          status.filesSetAside().stream()
              .map(a -> List.of(a.table(), a.reason(), "" + a.files()))
              .toList());
    }
  }

  private void blocked() {
    if (status.blocked().isEmpty()) {
      line("No gate is blocked.");
    }
    for (BlockedRow row : status.blocked()) {
      line(
          "Blocked since "
              + row.at()
              + ": "
              + row.step()
              + " of "
              + row.dataSet()
              + " ("
              + row.tenant()
              + "), run "
              + row.run());
      line("  " + row.what());
      row.rules().forEach(rule -> line("  " + rule));
    }
  }

  private void leases() {
    if (status.leases().isEmpty()) {
      line("No lease is held.");
    }
    for (Leases.Held held : status.leases()) {
      line("Held since " + held.since() + ": " + held.name() + ", by run " + held.holder());
    }
  }

  private void table(List<String> columns, List<List<String>> rows) {
    lines.addAll(TextTable.whole(columns, rows));
    lines.add("");
  }

  private void line(String line) {
    lines.add(TerminalText.of(line));
  }
}
