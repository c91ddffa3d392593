package dev.sluice.catalog.contract;

import java.time.Duration;
import java.util.List;

/**
 * What may leave to BigQuery and what must hold for the exact rows that leave.
 *
 * @param columns the only columns that leave, in order
 * @param quasiIdentifiers exported columns that together could single somebody out
 * @param counted who is counted for k
 * @param k fewest distinct subjects behind a row or cell that leaves
 * @param sensitive exported columns that need l distinct values in each class
 * @param l fewest distinct values of each sensitive column in a class; 1 when there is none
 * @param maxSuppressed largest share (0 to 1) of rows that may be held back before nothing leaves
 * @param maxBytesPerDay bytes that may leave in one UTC day
 * @param holdOpen a partition leaves only when this long has passed since it began; zero for at
 *     once
 * @param totals lists of quasi-identifiers for which a partition's totals are known: published
 *     beside the cells, or from elsewhere
 * @param holdDifferences whether a partition waits while one of its cells differs from what was
 *     exported of it, and by fewer than k contributors
 */
public record ExportPolicy(
    List<String> columns,
    List<String> quasiIdentifiers,
    Counted counted,
    int k,
    List<String> sensitive,
    int l,
    double maxSuppressed,
    long maxBytesPerDay,
    Duration holdOpen,
    List<List<String>> totals,
    boolean holdDifferences) {

  /** A policy for cells of which no totals are known, whatever was exported of them before. */
  public ExportPolicy(
      List<String> columns,
      List<String> quasiIdentifiers,
      Counted counted,
      int k,
      List<String> sensitive,
      int l,
      double maxSuppressed,
      long maxBytesPerDay,
      Duration holdOpen) {
    this(
        columns,
        quasiIdentifiers,
        counted,
        k,
        sensitive,
        l,
        maxSuppressed,
        maxBytesPerDay,
        holdOpen,
        List.of(),
        false);
  }

  public ExportPolicy {
    totals = totals.stream().map(List::copyOf).toList();
    columns = List.copyOf(columns);
    quasiIdentifiers = List.copyOf(quasiIdentifiers);
    sensitive = List.copyOf(sensitive);
  }

  /** Who stands behind a row. */
  public sealed interface Counted {
    /** A column of the product that does not leave: distinct values of it are counted per class. */
    record Subjects(String column) implements Counted {}

    /** The rows are cells of a table: this column already holds the distinct subjects of a cell. */
    record Contributors(String column) implements Counted {}
  }
}
