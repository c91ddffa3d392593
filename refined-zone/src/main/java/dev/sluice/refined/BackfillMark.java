package dev.sluice.refined;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.Heads;
import org.apache.iceberg.Table;

/**
 * Where a product stood when a forced backfill began, kept in its table until the backfill is done.
 * Rows of later editions were computed since, whoever did it; so the same backfill goes on where a
 * killed one stopped.
 */
record BackfillMark(Table table, BackfillRange range, RunContext run) {
  static final String PROPERTY = "sluice.backfill";

  /** The edition up to which rows are to be computed again. */
  long edition() {
    table.refresh();
    String own = own(Heads.of(table));
    String found = table.properties().getOrDefault(PROPERTY, "");
    if (found.startsWith(own)) {
      return Long.parseLong(found.substring(own.length()));
    }
    long edition = Heads.of(table).edition();
    table.updateProperties().set(PROPERTY, own + edition).commit();
    return edition;
  }

  /** The edition that {@link #edition()} would give; keeps nothing. */
  long look() {
    String own = own(Heads.of(table));
    String found = table.properties().getOrDefault(PROPERTY, "");
    return found.startsWith(own)
        ? Long.parseLong(found.substring(own.length()))
        : Heads.of(table).edition();
  }

  void remove() {
    table.refresh();
    if (table.properties().containsKey(PROPERTY)) {
      table.updateProperties().remove(PROPERTY).commit();
    }
  }

  /** After a rewind, or by other code, all is to be done. */
  private String own(Head head) {
    return String.join(
        " ",
        range.from().toString(),
        range.until().toString(),
        run.codeVersion(),
        Long.toString(head.epoch()),
        "");
  }
}
