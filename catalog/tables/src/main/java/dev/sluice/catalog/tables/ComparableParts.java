package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.Migration;
import dev.sluice.catalog.contract.change.DeclaredParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Judges the declared parts that decide what a row or a value is: key, privacy, required. */
final class ComparableParts {
  private ComparableParts() {}

  /** The old parts as they would read had the columns always had their new names. */
  static Map<String, String> underNewNames(Map<String, String> old, Migration.OfTable migration) {
    Map<String, String> parts = new TreeMap<>();
    old.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          String column = name.substring(dot + 1);
          boolean ofColumn = name.startsWith(DeclaredParts.PRIVACY) || name.startsWith("source.");
          boolean ofColumns =
              name.equals(DeclaredParts.KEY)
                  || name.equals(DeclaredParts.REQUIRED)
                  || name.equals("eventTimeColumn");
          parts.put(
              ofColumn
                  ? name.substring(0, dot + 1) + migration.renamed().getOrDefault(column, column)
                  : name,
              ofColumns ? renamed(value, migration, name.equals(DeclaredParts.REQUIRED)) : value);
        });
    return parts;
  }

  private static String renamed(String names, Migration.OfTable migration, boolean sorted) {
    List<String> renamed = new ArrayList<>();
    for (String name : names.split(", ")) {
      renamed.add(migration.renamed().getOrDefault(name, name));
    }
    return String.join(", ", sorted ? renamed.stream().sorted().toList() : renamed);
  }

  /** Adds what cannot be, or needs a new major version. */
  static void check(
      Map<String, String> old,
      Map<String, String> now,
      Migration.OfTable migration,
      boolean major,
      List<String> refused) {
    for (String fixed : List.of(DeclaredParts.KEY, "eventTimeColumn")) {
      if (old.containsKey(fixed) && !old.get(fixed).equals(now.get(fixed))) {
        refused.add(
            fixed
                + " would change from "
                + old.get(fixed)
                + " to "
                + now.get(fixed)
                + ", by which rows are told apart; make another data set");
      }
    }
    old.forEach(
        (name, was) -> {
          String is = now.get(name);
          String column = name.substring(name.indexOf('.') + 1);
          if (name.startsWith(DeclaredParts.PRIVACY) && is != null && !was.equals(is)) {
            if (!migration.retyped().contains(column)) {
              refused.add(
                  "the privacy method of "
                      + column
                      + " would change from "
                      + was
                      + " to "
                      + is
                      + ", so that old and new values differ; a new major version can name the"
                      + " column as retyped in its migration");
            }
          }
        });
    TreeSet<String> demanded = names(now);
    demanded.removeAll(names(old));
    if (old.containsKey(DeclaredParts.REQUIRED) && !major && !demanded.isEmpty()) {
      refused.add(
          demanded
              + " would be required, so that rows of old producers are set aside; that needs a new"
              + " major version");
    }
  }

  private static TreeSet<String> names(Map<String, String> parts) {
    String names = parts.getOrDefault(DeclaredParts.REQUIRED, "");
    return new TreeSet<>(names.isEmpty() ? List.of() : List.of(names.split(", ")));
  }
}
