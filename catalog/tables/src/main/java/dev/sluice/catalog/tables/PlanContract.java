package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Plans and applies what a contract says to the tables of a tenant: creates what is missing,
 * changes what may change. Tables change one after the other, each in one commit; what was not
 * reached is done by applying again.
 */
public final class PlanContract {
  private final Catalog catalog;

  public PlanContract(Catalog catalog) {
    this.catalog = catalog;
  }

  /** What {@link #apply} would do to one table. */
  public record PlannedTable(
      String table, State state, List<String> steps, List<String> notes, List<String> refused) {
    public PlannedTable {
      steps = List.copyOf(steps);
      notes = List.copyOf(notes);
      refused = List.copyOf(refused);
    }

    PlannedTable refusedBecause(String why) {
      return new PlannedTable(table, State.REFUSED, steps, notes, List.of(why));
    }
  }

  /** What becomes of a table. */
  public enum State {
    CREATE,
    CHANGE,
    SAME,
    REFUSED
  }

  /** The plan for every table of the contract, in the order in which data moves. */
  public List<PlannedTable> plan(DataContract contract, TenantId tenant) {
    String unfinished = unfinished(contract, tenant);
    return new ZoneForms(contract, tenant)
        .all().stream()
            .map(form -> plan(contract, form))
            .map(
                planned ->
                    planned.table().equals(contract.stageTable(tenant))
                            && planned.state() == State.CHANGE
                            && !unfinished.isEmpty()
                        ? planned.refusedBecause(unfinished)
                        : planned)
            .toList();
  }

  /**
   * Does it.
   *
   * @return what was done
   * @throws Refused (CONTRACT) with every reason, when any table cannot be changed; then none is
   */
  public List<PlannedTable> apply(DataContract contract, TenantId tenant) {
    List<PlannedTable> planned = plan(contract, tenant);
    List<String> refused = new ArrayList<>();
    planned.forEach(table -> table.refused().forEach(r -> refused.add(table.table() + ": " + r)));
    if (!refused.isEmpty()) {
      throw new Refused(
          Refused.Why.CONTRACT,
          "contract " + contract + " cannot be applied: " + String.join("; ", refused));
    }
    ZoneTables tables = new ZoneTables(catalog);
    for (TableForm form : new ZoneForms(contract, tenant).all()) {
      if (catalog.tableExists(form.identifier())) {
        change(contract, form);
      } else {
        tables.table(form);
      }
    }
    return planned;
  }

  private void change(DataContract contract, TableForm form) {
    Table table = catalog.loadTable(form.identifier());
    TablePlan plan = CompareForm.of(form, table, contract.evolution().migration());
    if (plan.changesAnything()) {
      ChangeTable.to(form, table, plan);
    }
  }

  /** An interval that quarantine has and stage has not is finished under the version it began. */
  private String unfinished(DataContract contract, TenantId tenant) {
    TableIdentifier stage = TableIdentifier.parse(contract.stageTable(tenant));
    TableIdentifier aside = TableIdentifier.parse(contract.quarantineTable(tenant));
    if (!catalog.tableExists(stage) || !catalog.tableExists(aside)) {
      return "";
    }
    Lane raw = Lane.ofTable(contract.rawTable(tenant));
    long taken = Heads.of(catalog.loadTable(stage)).lanes().at(raw);
    long setAside = Heads.of(catalog.loadTable(aside)).lanes().at(raw);
    return setAside <= taken
        ? ""
        : "a promotion was interrupted between quarantine (raw editions below "
            + setAside
            + ") and stage (below "
            + taken
            + "); run 'sluice promote "
            + contract.id()
            + "' with the contract's version before this one first";
  }

  private PlannedTable plan(DataContract contract, TableForm form) {
    String name = form.identifier().toString();
    if (!catalog.tableExists(form.identifier())) {
      return new PlannedTable(name, State.CREATE, List.of(), List.of(), List.of());
    }
    TablePlan plan =
        CompareForm.of(
            form, catalog.loadTable(form.identifier()), contract.evolution().migration());
    State state =
        !plan.refused().isEmpty()
            ? State.REFUSED
            : plan.changesAnything() ? State.CHANGE : State.SAME;
    return new PlannedTable(
        name,
        state,
        plan.steps().stream().map(ColumnStep::text).toList(),
        plan.notes(),
        plan.refused());
  }
}
