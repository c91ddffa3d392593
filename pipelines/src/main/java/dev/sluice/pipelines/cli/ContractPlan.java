package dev.sluice.pipelines.cli;

import dev.sluice.catalog.tables.PlanContract;
import dev.sluice.catalog.tables.PlanContract.PlannedTable;
import dev.sluice.catalog.tables.PlanContract.State;
import dev.sluice.pipelines.cli.DataSetOptions.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What applying one contract to one tenant's tables would do, as a person and a program read it.
 */
record ContractPlan(String contract, String version, String tenant, List<PlannedTable> tables) {

  static ContractPlan of(PlanContract plans, Chosen chosen) {
    return new ContractPlan(
        chosen.contract().id(),
        chosen.contract().version(),
        chosen.tenant().name(),
        plans.plan(chosen.contract(), chosen.tenant()));
  }

  boolean isRefused() {
    return tables.stream().anyMatch(table -> table.state() == State.REFUSED);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(contract + " " + version + " for " + tenant);
    for (PlannedTable table : tables) {
      lines.add(
          "  %-8s %s".formatted(table.state().name().toLowerCase(Locale.ROOT), table.table()));
      table.refused().forEach(why -> lines.add("             refused: " + why));
      table.steps().forEach(step -> lines.add("             " + step));
      table.notes().forEach(note -> lines.add("             " + note));
    }
    return lines;
  }
}
