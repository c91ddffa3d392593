package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads an object tagged {@code zone:reference}. */
final class ReadReference {
  private ReadReference() {}

  static Optional<ReferenceTable> of(Section object, Draft draft) {
    Optional<String> name = TableHeading.name(object, Zone.REFERENCE);
    Section table = name.map(n -> object.named("reference " + n)).orElse(object);
    List<ReferenceTable.Column> columns = new ArrayList<>();
    Map<Integer, String> key = new TreeMap<>();
    ColumnHeading heading = new ColumnHeading();
    for (Section property : table.sections("properties")) {
      Optional<String> column = heading.name(property);
      Section named = column.map(c -> property.named("column " + c)).orElse(property);
      named.known("description", "examples");
      ReadType.Shape shape = new ReadType(draft.faults()).of(named);
      boolean required = named.truth("required").orElse(false);
      int position = ColumnHeading.keyPosition(named);
      column.ifPresent(c -> ColumnHeading.foreignKeys(named, name.orElse(""), c, draft));
      named.done();
      column.ifPresent(
          c -> {
            draft.place("reference." + name.orElse("") + ".column." + c, named.line("name"));
            columns.add(new ReferenceTable.Column(c, shape.type(), required, shape.classes()));
            if (position > 0 && key.put(position, c) != null) {
              named.fault("primaryKeyPosition", "the position " + position + " is taken");
            }
          });
    }
    table.custom().done();
    table.done();
    name.ifPresent(n -> draft.place("reference." + n, table.line()));
    return name.map(n -> new ReferenceTable(n, columns, List.copyOf(key.values())));
  }
}
