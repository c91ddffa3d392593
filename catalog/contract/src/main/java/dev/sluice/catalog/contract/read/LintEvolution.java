package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Migration;
import dev.sluice.catalog.contract.ProducerVersions;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds what of a contract's change over time does not fit the rest of it. */
final class LintEvolution {
  private final DataContract contract;
  private final Places places;
  private final List<Fault> faults = new ArrayList<>();

  LintEvolution(DeclaredContract declared) {
    this.contract = declared.contract();
    this.places = declared.places();
  }

  List<Fault> lint() {
    contract.evolution().migration().ifPresent(this::migration);
    contract.evolution().producers().ifPresent(this::producers);
    contract.stage().columns().forEach(this::versions);
    return faults;
  }

  private void add(String part, String message) {
    faults.add(places.of(part).fault(message));
  }

  private void producers(ProducerVersions producers) {
    must(
        !producers.isHeader() || contract.source().hasTopic(),
        "producers",
        "records of files have no headers; name a 'versionField', or a topic");
  }

  private void migration(Migration migration) {
    int major = Integer.parseInt(contract.version().split("\\.", 2)[0]);
    if (migration.from() >= major) {
      add(
          "migration",
          "a migration leads from an earlier major version; raise the contract's version above "
              + migration.from()
              + ".x or correct 'from'");
    }
    Map<String, Set<String>> declared = declared();
    for (Migration.OfTable table : migration.tables()) {
      String part = "migration." + table.table();
      Set<String> columns = declared.get(table.table());
      if (columns == null) {
        add(part, "no table of the contract is called " + table.table());
        continue;
      }
      table
          .renamed()
          .forEach(
              (from, to) -> {
                must(columns.contains(to), part, "renamed to '" + to + "', which is not declared");
                must(!columns.contains(from), part, "'" + from + "' is renamed and still declared");
              });
      table
          .removed()
          .forEach(
              name -> must(!columns.contains(name), part, name + " is removed and still declared"));
      table.retyped().forEach(name -> retyped(table.table(), name, columns, part));
    }
  }

  private void retyped(String table, String name, Set<String> columns, String part) {
    must(columns.contains(name), part, name + " is retyped and not declared");
    StageTable stage = contract.stage();
    boolean holdsRows =
        stage.name().equals(table)
            && (stage.eventTime().column().equals(name)
                || stage.column(name).filter(StageColumn::isKey).isPresent());
    must(
        !holdsRows,
        part,
        name
            + " is the key or the event time, by which rows are told apart; another type makes"
            + " another data set");
  }

  private void versions(StageColumn column) {
    List<String> only = column.source().versions();
    if (only.isEmpty()) {
      return;
    }
    String part = "stage.column." + column.name() + ".source";
    List<String> known =
        contract.evolution().producers().map(ProducerVersions::known).orElse(List.of());
    must(
        known.containsAll(only),
        part,
        "the versions " + only + " must be among those of 'producers': " + known);
    must(
        !column.required() && !contract.stage().eventTime().column().equals(column.name()),
        part,
        column.name() + " is read from some versions only, so it cannot be required");
  }

  private void must(boolean holds, String part, String message) {
    if (!holds) {
      add(part, message);
    }
  }

  private Map<String, Set<String>> declared() {
    Map<String, Set<String>> tables = new HashMap<>();
    Set<String> stage = tables.computeIfAbsent(contract.stage().name(), n -> new TreeSet<>());
    contract.stage().columns().forEach(c -> paths(c.name(), c.type(), stage));
    contract
        .references()
        .forEach(
            table -> {
              Set<String> columns = tables.computeIfAbsent(table.name(), n -> new TreeSet<>());
              table.columns().forEach(c -> paths(c.name(), c.type(), columns));
            });
    contract
        .products()
        .forEach(
            product -> {
              Set<String> columns = tables.computeIfAbsent(product.name(), n -> new TreeSet<>());
              product.columns().forEach(c -> paths(c.name(), c.type(), columns));
            });
    return tables;
  }

  private static void paths(String path, ColumnType type, Set<String> into) {
    into.add(path);
    if (type instanceof ColumnType.Array array) {
      paths(path, array.element(), into);
    } else if (type instanceof ColumnType.Struct struct) {
      struct.fields().forEach(f -> paths(path + "." + f.name(), f.type(), into));
    }
  }
}
