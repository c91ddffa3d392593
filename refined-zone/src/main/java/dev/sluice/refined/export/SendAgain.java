package dev.sluice.refined.export;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Partitions that an export sends beside those that changed.
 *
 * @param partitions as canonical text; empty for all of the product
 * @param onlyMissing whether only those of them leave of which BigQuery has no row
 */
public record SendAgain(Optional<SortedSet<String>> partitions, boolean onlyMissing) {
  static final SendAgain NOTHING = new SendAgain(Optional.of(new TreeSet<>()), false);

  boolean isNothing() {
    return partitions.filter(SortedSet::isEmpty).isPresent();
  }

  /** Whether the whole table is replaced. */
  boolean isEverything() {
    return partitions.isEmpty() && !onlyMissing;
  }
}
