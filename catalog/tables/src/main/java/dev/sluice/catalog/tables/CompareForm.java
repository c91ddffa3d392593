package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.Migration;
import dev.sluice.catalog.contract.change.DeclaredParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Compares a table with what its contract declares of it now, and plans the difference. */
final class CompareForm {
  private final TableForm form;
  private final Table table;
  private final List<String> notes = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private CompareForm(TableForm form, Table table) {
    this.form = form;
    this.table = table;
  }

  /**
   * The plan.
   *
   * @param migration what the contract takes from its tables on purpose
   */
  static TablePlan of(TableForm form, Table table, Optional<Migration> migration) {
    return new CompareForm(form, table).plan(migration);
  }

  private TablePlan plan(Optional<Migration> migration) {
    if (!GovernedTables.isGoverned(table.properties())) {
      refused.add("the table is not governed");
    }
    if (!partitioning(form.schema(), form.spec())
        .equals(renamed(partitioning(table.schema(), table.spec()), migration))) {
      refused.add("its partitioning would change; make another data set");
    }
    Optional<ContractVersion> now = ContractVersion.of(table.properties());
    Optional<ContractVersion> next = ContractVersion.of(form.properties());
    Optional<Migration> inForce =
        migration.filter(m -> now.isPresent() && next.isPresent() && now.get().major() <= m.from());
    Map<String, String> before = parts();
    Migration.OfTable ofTable =
        inForce
            .flatMap(m -> m.of(form.declaredAs()))
            .orElse(Migration.OfTable.nothing(form.declaredAs()));
    CompareColumns columns = new CompareColumns(ofTable, form.contractVersion(), fixed());
    columns.compare(form.schema(), table.schema());
    refused.addAll(columns.refused());
    List<ColumnStep> steps = columns.steps();
    boolean major = now.isPresent() && next.isPresent() && next.get().major() > now.get().major();
    versions(now, next, steps, major);
    inForce.ifPresent(m -> leads(m, now));
    compareParts(before, ofTable, major);
    boolean reordered = !sorted(form.schema(), form.order()).equals(sorted());
    if (reordered) {
      notes.add("new files are sorted by [" + sorted(form.schema(), form.order()) + "]");
    }
    return new TablePlan(steps, notes, refused, changedProperties(!steps.isEmpty()), reordered);
  }

  private void versions(
      Optional<ContractVersion> now,
      Optional<ContractVersion> next,
      List<ColumnStep> steps,
      boolean major) {
    if (now.isEmpty() || next.isEmpty()) {
      refused.add("table and contract need versions of three numbers");
      return;
    }
    int order = next.get().compareTo(now.get());
    if (order > 0) {
      notes.add("contract version " + now.get() + " to " + next.get());
    }
    if (order < 0) {
      refused.add(
          "the table stands at version " + now.get() + ", ahead of the contract's " + next.get());
    }
    if (order == 0 && !steps.isEmpty()) {
      refused.add(
          "columns would change under the same version " + now.get() + "; raise the version");
    }
    if (!major) {
      steps.stream()
          .filter(ColumnStep::needsMajor)
          .forEach(step -> refused.add("to " + step.text() + " needs a new major version"));
    }
  }

  private void leads(Migration migration, Optional<ContractVersion> now) {
    if (now.isPresent() && now.get().major() != migration.from()) {
      refused.add(
          "the migration leads away from version "
              + migration.from()
              + ".x; the table stands at "
              + now.get()
              + ". Apply the versions between first");
    }
  }

  private Map<String, String> parts() {
    String text = table.properties().get(GovernedTables.DECLARED);
    return text == null ? Map.of() : PartsText.read(text);
  }

  private void compareParts(
      Map<String, String> before, Migration.OfTable migration, boolean major) {
    if (before.isEmpty()) {
      return;
    }
    Map<String, String> old = ComparableParts.underNewNames(before, migration);
    ComparableParts.check(old, form.parts(), migration, major, refused);
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(form.parts().keySet());
    for (String name : names) {
      String was = old.get(name);
      String is = form.parts().get(name);
      boolean ofColumn = name.startsWith(DeclaredParts.PRIVACY) || name.startsWith("source.");
      if (was != null && is != null && !was.equals(is)) {
        notes.add(name + " changes" + told(" from ", was) + told(" to ", is));
      } else if (was == null && !ofColumn) {
        notes.add(name + " is new" + told(": ", is));
      } else if (is == null && !ofColumn) {
        notes.add(name + " is gone" + told(", was: ", was));
      }
    }
  }

  /** A fingerprint tells a person nothing. */
  private static String told(String before, @Nullable String part) {
    String text = part == null ? "" : part.replaceAll("(, limits )?\\b[0-9a-f]{32}\\b", "").strip();
    return text.isEmpty() ? "" : before + text;
  }

  /** Columns by which the table is laid out, and those of the key. */
  private Set<String> fixed() {
    Set<String> fixed = new HashSet<>();
    table.spec().fields().forEach(f -> fixed.add(table.schema().findColumnName(f.sourceId())));
    String key = form.parts().getOrDefault(DeclaredParts.KEY, "");
    fixed.addAll(List.of(key.split(", ")));
    return fixed;
  }

  /**
   * Iceberg moves a column's metrics setting when the column is renamed, so a new column of its old
   * name needs it set again.
   *
   * @param columnsChange whether any column does
   */
  private Map<String, String> changedProperties(boolean columnsChange) {
    Map<String, String> changed = new TreeMap<>();
    form.properties()
        .forEach(
            (name, value) -> {
              boolean metrics = name.startsWith(GovernedProperties.METRICS);
              boolean differs = !value.equals(table.properties().get(name));
              if ((name.startsWith("sluice.") && differs)
                  || (metrics && (differs || columnsChange))) {
                changed.put(name, value);
              }
            });
    return changed;
  }

  private String sorted() {
    return sorted(table.schema(), table.sortOrder());
  }

  private static String sorted(Schema schema, SortOrder order) {
    List<String> fields = new ArrayList<>();
    order
        .fields()
        .forEach(f -> fields.add(schema.findColumnName(f.sourceId()) + " " + f.direction()));
    return String.join(", ", fields);
  }

  private static List<String> partitioning(Schema schema, PartitionSpec spec) {
    return spec.fields().stream()
        .map(f -> f.transform() + "(" + schema.findColumnName(f.sourceId()) + ")")
        .toList();
  }

  private List<String> renamed(List<String> transforms, Optional<Migration> migration) {
    Map<String, String> names = new HashMap<>();
    migration.flatMap(m -> m.of(form.declaredAs())).ifPresent(m -> names.putAll(m.renamed()));
    return transforms.stream()
        .map(
            text -> {
              int at = text.indexOf('(');
              String name = text.substring(at + 1, text.length() - 1);
              return text.substring(0, at + 1) + names.getOrDefault(name, name) + ")";
            })
        .toList();
  }
}
