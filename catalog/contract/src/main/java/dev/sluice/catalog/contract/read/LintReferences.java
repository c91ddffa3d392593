package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.ReferenceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds foreign keys that lead nowhere, reference data without a key, and names used twice. */
final class LintReferences {
  private final DeclaredContract declared;
  private final TablesOf tables;
  private final List<Fault> faults = new ArrayList<>();

  LintReferences(DeclaredContract declared) {
    this.declared = declared;
    this.tables = new TablesOf(declared.contract());
  }

  List<Fault> lint() {
    for (DeclaredContract.ForeignKey key : declared.foreignKeys()) {
      if (!tables.hasColumn(key.to())) {
        faults.add(
            key.place()
                .fault(
                    "column "
                        + key.column()
                        + " refers to '"
                        + key.to()
                        + "', which no table of this contract has"));
      }
    }
    declared.contract().references().forEach(this::reference);
    names();
    return faults;
  }

  private void reference(ReferenceTable table) {
    String part = "reference." + table.name();
    if (table.key().isEmpty()) {
      add(part, "reference data need a key; add primaryKey and primaryKeyPosition");
    }
    for (ReferenceTable.Column column : table.columns()) {
      String at = part + ".column." + column.name();
      if (column.classification() == Classification.PERSONAL) {
        add(at, "reference data are not tokenised, so no column of theirs may be personal");
      }
      if (table.key().contains(column.name()) && !column.required()) {
        add(at, "a key column of reference data must be required");
      }
      if (!isHeld(column.type())) {
        add(
            at,
            "reference data have no "
                + column.type().ddl()
                + "; declare columns without parts, of another type than binary");
      }
    }
  }

  /** Whether reference data, which come as CSV or from Postgres, can hold it. */
  private static boolean isHeld(ColumnType type) {
    return type instanceof ColumnType.Decimal
        || (type instanceof Simple simple && simple != Simple.BINARY);
  }

  private void names() {
    Set<String> seen = new HashSet<>();
    Stream<String> parts =
        Stream.concat(
            Stream.of("stage"),
            Stream.concat(
                declared.contract().references().stream().map(r -> "reference." + r.name()),
                declared.contract().products().stream().map(p -> "product." + p.name())));
    parts.forEach(
        part -> {
          String name =
              part.equals("stage")
                  ? declared.contract().stage().name()
                  : part.substring(part.indexOf('.') + 1);
          if (!seen.add(name)) {
            add(part, "the name " + name + " is used by two tables of this contract; rename one");
          }
        });
  }

  private void add(String part, String message) {
    faults.add(declared.places().of(part).fault(message));
  }
}
