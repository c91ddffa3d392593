package dev.sluice.catalog.contract;

import java.io.Serializable;
import java.util.List;

/**
 * Small data owned elsewhere, kept in Postgres, joined in refinement.
 *
 * @param name name of the reference data and of its tables; SQL uses it
 * @param key names of the key columns
 */
public record ReferenceTable(String name, List<Column> columns, List<String> key)
    implements Serializable {
  public ReferenceTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** One column of reference data. */
  public record Column(String name, ColumnType type, boolean required, ColumnClasses classes)
      implements Serializable {

    /** A column of one classification. */
    public Column(String name, ColumnType type, boolean required, Classification classification) {
      this(name, type, required, ColumnClasses.of(classification));
    }

    /** The most telling one of its parts. */
    public Classification classification() {
      return classes.mostTelling();
    }
  }
}
