package dev.sluice.catalog.tables;

import org.apache.iceberg.types.Type;

/** One change of a table's columns; paths are Iceberg's ({@code lines.element.price}). */
sealed interface ColumnStep {
  /** What it does, for people. */
  String text();

  /** Whether only a new major version may do it. */
  default boolean needsMajor() {
    return false;
  }

  /**
   * A new optional column; its rows so far are null.
   *
   * @param parent path of what it is added to; empty for the table
   */
  record Add(String parent, String name, Type type, String doc) implements ColumnStep {
    @Override
    public String text() {
      return "add column " + (parent.isEmpty() ? name : parent + "." + name) + " " + type;
    }
  }

  /** A type that holds all values of the old one. */
  record Widen(String path, Type.PrimitiveType from, Type.PrimitiveType to) implements ColumnStep {
    @Override
    public String text() {
      return "widen " + path + " from " + from + " to " + to;
    }
  }

  /** A required column becomes optional. */
  record Relax(String path) implements ColumnStep {
    @Override
    public String text() {
      return "let " + path + " be missing";
    }
  }

  /** Another name; the field id and all rows stay. */
  record Rename(String path, String to) implements ColumnStep {
    @Override
    public String text() {
      return "rename " + path + " to " + to;
    }

    @Override
    public boolean needsMajor() {
      return true;
    }
  }

  /** The column is filled no longer; its values stay under a name that no contract uses. */
  record StepAside(String name, String to) implements ColumnStep {
    @Override
    public String text() {
      return "let " + name + " step aside as " + to + ", filled no longer";
    }

    @Override
    public boolean needsMajor() {
      return true;
    }
  }
}
