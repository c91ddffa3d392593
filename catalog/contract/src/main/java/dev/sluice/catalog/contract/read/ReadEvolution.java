package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Evolution;
import dev.sluice.catalog.contract.Migration;
import dev.sluice.catalog.contract.ProducerVersions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a contract says of change: {@code migration} and {@code producers}. */
final class ReadEvolution {
  private static final int HIGHEST = 999_999;
  private static final int LONGEST = 1000;
  private static final Pattern PATH = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  private final Draft draft;

  ReadEvolution(Draft draft) {
    this.draft = draft;
  }

  Evolution of(Section custom) {
    draft.place("migration", custom.line("migration"));
    draft.place("producers", custom.line("producers"));
    return new Evolution(
        custom.section("migration").flatMap(this::migration),
        custom.section("producers").flatMap(ReadEvolution::producers));
  }

  private Optional<Migration> migration(Section section) {
    Optional<Integer> from = section.must("from", section.whole("from", 0, HIGHEST));
    List<Migration.OfTable> tables = new ArrayList<>();
    for (Section table : section.sections("tables")) {
      Names.snake(table, "table").map(name -> ofTable(name, table)).ifPresent(tables::add);
      table.done();
    }
    section.done();
    return from.map(major -> new Migration(major, tables));
  }

  private Migration.OfTable ofTable(String name, Section table) {
    draft.place("migration." + name, table.line("table"));
    Map<String, String> renamed = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Section each : table.sections("renamed")) {
      Optional<String> from = path(each, "from");
      Optional<String> to = path(each, "to");
      each.done();
      if (from.isEmpty() || to.isEmpty()) {
        continue;
      }
      if (!parent(from.get()).equals(parent(to.get()))) {
        each.fault("to", "a column is renamed where it is; '" + to.get() + "' lies elsewhere");
      }
      if (renamed.put(from.get(), to.get()) != null || !taken.add(to.get())) {
        each.fault("from", "a column is renamed once, and to a name of its own");
      }
    }
    return new Migration.OfTable(name, renamed, names(table, "removed"), names(table, "retyped"));
  }

  private static Optional<String> path(Section section, String key) {
    Optional<String> path = section.must(key, section.text(key));
    if (path.isPresent() && !isPath(path.get())) {
      section.fault(
          key, "a column is named as 'column' or 'column.part'; got '" + path.get() + "'");
      return Optional.empty();
    }
    return path;
  }

  private static boolean isPath(String text) {
    return text.length() <= LONGEST && PATH.matcher(text).matches();
  }

  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static Set<String> names(Section table, String key) {
    Set<String> names = new HashSet<>();
    for (String name : table.texts(key)) {
      if (!Names.isSnake(name)) {
        table.fault(key, "whole columns are " + key + ", by their names alone; got '" + name + "'");
      } else if (!names.add(name)) {
        table.fault(key, "the column " + name + " stands there twice; delete one");
      }
    }
    return names;
  }

  private static Optional<ProducerVersions> producers(Section section) {
    Optional<String> header = section.text("versionHeader");
    Optional<String> field = section.text("versionField");
    if (header.isPresent() == field.isPresent()) {
      section.fault(
          header.isPresent() ? "versionHeader" : "versions",
          "'producers' needs either 'versionField' or 'versionHeader', where the version stands");
    }
    section.must("versions", section.value("versions"));
    List<String> known = section.texts("versions");
    Optional<String> unversioned = section.text("unversioned");
    boolean none =
        section
            .value("versions")
            .filter(v -> v instanceof Yaml.Items i && i.items().isEmpty())
            .isPresent();
    if (none) {
      section.fault("versions", "at least one version is read");
    }
    unversioned
        .filter(version -> !known.contains(version))
        .ifPresent(
            version ->
                section.fault(
                    "unversioned", "'" + version + "' must be one of the versions that are read"));
    section.done();
    return header
        .map(name -> ProducerVersions.inHeader(name, known, unversioned))
        .or(() -> field.map(name -> ProducerVersions.inField(name, known, unversioned)));
  }
}
