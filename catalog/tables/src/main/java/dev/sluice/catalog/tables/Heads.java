package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Touched;
import java.util.Map;
import org.apache.iceberg.Table;

/** Reads what a table remembers of itself; of a loaded table, so refresh or load it first. */
public final class Heads {
  private Heads() {}

  /**
   * The table's head; {@link Head#NONE} for a table that has none yet.
   *
   * @throws UnreadableText when the property is not a head
   */
  public static Head of(Table table) {
    return of(table.properties());
  }

  /** The head in a table's properties. */
  public static Head of(Map<String, String> properties) {
    String text = properties.get(GovernedTables.HEAD);
    return text == null ? Head.NONE : HeadText.read(text);
  }

  /**
   * Which partitions the editions after {@code edition} rewrote; {@link Touched#ALL} when that has
   * been forgotten. Appends rewrite nothing: their rows show their edition.
   */
  public static Touched touchedSince(Table table, long edition) {
    return log(table.properties()).since(edition);
  }

  static TouchedLog log(Map<String, String> properties) {
    String text = properties.get(GovernedTables.TOUCHED);
    return text == null ? TouchedLog.EMPTY : TouchedLog.read(text);
  }
}
