package dev.sluice.pipelines.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Counts what came again: rows that promotion told to repeat one that was kept. Of quarantine only
 * the places of these rows are read, in the files that have any of the wanted editions of raw.
 */
public final class CountRepeats {
  private final Catalog catalog;

  public CountRepeats(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Places that repeat another row, among those of some editions of raw, both ends included. */
  long among(String quarantine, long firstEdition, long lastEdition) {
    TableIdentifier table = TableIdentifier.parse(quarantine);
    if (!catalog.tableExists(table)) {
      return 0;
    }
    Set<Place> places = new HashSet<>();
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(catalog.loadTable(table))
            .where(
                Expressions.and(
                    Expressions.equal("fate", "duplicate"),
                    Expressions.greaterThanOrEqual("raw_edition", firstEdition),
                    Expressions.lessThanOrEqual("raw_edition", lastEdition)))
            .select("lane", "sequence")
            .build()) {
      for (Record row : rows) {
        places.add(new Place((String) row.getField("lane"), (Long) row.getField("sequence")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read the places in " + quarantine, e);
    }
    return places.size();
  }

  private record Place(String lane, long sequence) {}
}
