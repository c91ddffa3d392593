package dev.sluice.catalog.contract.read;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads what the columns of all tables have in common. */
final class ColumnHeading {
  private final Set<String> names = new HashSet<>();

  /** The column's name, once per table; marks what is for people only. */
  Optional<String> name(Section column) {
    Optional<String> name = Names.snake(column, "name");
    column.known(
        "id",
        "businessName",
        "tags",
        "synonyms",
        "semanticType",
        "deprecated",
        "criticalDataElement",
        "partitioned",
        "partitionKeyPosition",
        "transformDescription",
        "authoritativeDefinitions");
    Optional<String> physical = column.text("physicalName");
    name.ifPresent(
        n -> {
          if (!names.add(n)) {
            column.fault("name", "the column " + n + " stands here twice; delete one");
          }
          TableHeading.only(column, "physicalName", physical.isPresent() ? n : "");
        });
    return name;
  }

  /** Place in the key from 1; 0 for other columns. */
  static int keyPosition(Section column) {
    boolean key = column.truth("primaryKey").orElse(false);
    Optional<Integer> position = column.whole("primaryKeyPosition", 1, 1000);
    if (key && position.isEmpty()) {
      column.fault("primaryKey", "a key column needs primaryKeyPosition from 1");
    }
    if (!key && position.isPresent()) {
      column.fault("primaryKeyPosition", "the column is no key; add primaryKey: true");
    }
    return key ? position.orElse(1) : 0;
  }

  static void foreignKeys(Section column, String table, String name, Draft draft) {
    for (Section each : column.sections("relationships")) {
      TableHeading.only(each, "type", "foreignKey");
      each.known("id");
      each.must("to", each.text("to"))
          .ifPresent(to -> draft.foreignKey(table, name, to, each.line("to")));
      each.done();
    }
  }
}
