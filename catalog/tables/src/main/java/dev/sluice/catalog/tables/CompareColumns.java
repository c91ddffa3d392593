package dev.sluice.catalog.tables;

import dev.sluice.catalog.contract.Migration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * Compares the columns of a table with the declared ones, by name, at every depth. Order does not
 * matter: rows are read and written by name. A column may be looser in the table than declared:
 * Iceberg cannot demand of old rows what they lack.
 */
final class CompareColumns {
  private final Migration.OfTable migration;
  private final Map<String, String> oldNames = new TreeMap<>();
  private final String suffix;
  private final Set<String> fixed;
  private final List<ColumnStep> steps = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  /**
   * @param version that the contract has; columns step aside under its major number
   * @param fixed names of top columns that cannot be retyped or removed: layout and key
   */
  CompareColumns(Migration.OfTable migration, String version, Set<String> fixed) {
    this.migration = migration;
    migration.renamed().forEach((from, to) -> oldNames.put(to, from));
    this.suffix = "_until_" + version.split("\\.", 2)[0];
    this.fixed = Set.copyOf(fixed);
  }

  void compare(Schema declared, Schema found) {
    struct(Path.TABLE, declared.asStruct(), found.asStruct());
  }

  List<ColumnStep> steps() {
    return steps;
  }

  List<String> refused() {
    return refused;
  }

  /** Whether a column has stepped aside earlier. */
  static boolean isAside(String name) {
    return name.startsWith("_") && name.matches("_.+_until_\\d+");
  }

  private void struct(Path at, Types.StructType declared, Types.StructType found) {
    Set<String> matched = new HashSet<>();
    for (Types.NestedField field : declared.fields()) {
      String name = field.name();
      String renamedFrom = last(oldNames.getOrDefault(at.part(name).plain, ""));
      Types.NestedField there = found.field(name);
      if (there == null && !renamedFrom.isEmpty()) {
        there = found.field(renamedFrom);
      }
      if (there == null) {
        add(at, field);
      } else {
        matched.add(there.name());
        field(at, field, there);
      }
    }
    for (Types.NestedField there : found.fields()) {
      if (!matched.contains(there.name()) && !(at.isTable() && isAside(there.name()))) {
        gone(at, there.name());
      }
    }
  }

  private void add(Path at, Types.NestedField field) {
    if (field.isRequired() && !at.isTable()) {
      refused.add(
          "part "
              + at.part(field.name()).plain
              + " is added as required, and the rows so far have none; declare it optional");
      return;
    }
    steps.add(new ColumnStep.Add(at.now, field.name(), field.type(), doc(field)));
  }

  private void gone(Path at, String name) {
    if (!at.isTable()) {
      refused.add(
          "part "
              + at.part(name).plain
              + " stands in the table and not in the contract; keep it declared, or name the whole"
              + " column as retyped in the migration of a new major version");
    } else if (!migration.removed().contains(name)) {
      refused.add(
          "column "
              + name
              + " stands in the table and not in the contract; a new major version can name it as"
              + " removed, or as renamed, in its migration");
    } else if (isFree(name)) {
      steps.add(new ColumnStep.StepAside(name, "_" + name + suffix));
    }
  }

  private void field(Path at, Types.NestedField declared, Types.NestedField there) {
    if (at.isTable() && migration.retyped().contains(declared.name())) {
      if (isFree(there.name())) {
        steps.add(new ColumnStep.StepAside(there.name(), "_" + there.name() + suffix));
        add(at, declared);
      }
      return;
    }
    Path here = at.part(there.name(), declared.name());
    if (there.isRequired() && declared.isOptional()) {
      steps.add(new ColumnStep.Relax(here.before));
    }
    type(here, declared.type(), there.type());
    if (!there.name().equals(declared.name())) {
      steps.add(new ColumnStep.Rename(here.before, declared.name()));
    }
  }

  private void type(Path at, Type declared, Type there) {
    if (declared.isStructType() && there.isStructType()) {
      struct(at, declared.asStructType(), there.asStructType());
    } else if (declared.isListType() && there.isListType()) {
      type(at.element(), declared.asListType().elementType(), there.asListType().elementType());
    } else if (!declared.equals(there)) {
      if (declared.isPrimitiveType()
          && TypeUtil.isPromotionAllowed(there, declared.asPrimitiveType())) {
        steps.add(
            new ColumnStep.Widen(at.before, there.asPrimitiveType(), declared.asPrimitiveType()));
      } else {
        refused.add(
            at.plain
                + " would change from "
                + FormText.type(there)
                + " to "
                + FormText.type(declared)
                + "; additive are int to long, float to double and more digits before the point of"
                + " a decimal. A new major version can name the column as retyped in its"
                + " migration");
      }
    }
  }

  private boolean isFree(String name) {
    if (fixed.contains(name)) {
      refused.add(
          "column "
              + name
              + " is part of the key or of the layout and cannot step aside; make another data set");
      return false;
    }
    return true;
  }

  private static String doc(Types.NestedField field) {
    return field.doc() == null ? "" : field.doc();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /**
   * Where a part is: in the table as it stands and as it will be, as Iceberg writes it, and as
   * contracts write it, without {@code element}.
   */
  private record Path(String before, String now, String plain) {
    static final Path TABLE = new Path("", "", "");

    boolean isTable() {
      return now.isEmpty();
    }

    Path part(String name) {
      return part(name, name);
    }

    Path part(String old, String name) {
      return isTable()
          ? new Path(old, name, name)
          : new Path(before + "." + old, now + "." + name, plain + "." + name);
    }

    Path element() {
      return new Path(before + ".element", now + ".element", plain);
    }
  }
}
