package dev.sluice.refined.anonymity;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.run.RuleResult;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gate measured on the rows that were to leave.
 *
 * @param rows rows that were judged
 * @param suppressed rows that may not leave, by reason; only reasons that occurred
 * @param classes classes (or cells) that may leave
 * @param smallestClass fewest subjects (or contributors) behind one of them; 0 when none may leave
 * @param exposed known totals from which, less the cells that may leave, fewer than k contributors
 *     or a single cell could be computed
 */
public record AnonymityFigures(
    long rows, SortedMap<Reason, Long> suppressed, long classes, long smallestClass, long exposed) {

  /** Figures of rows of which no totals are known. */
  public AnonymityFigures(
      long rows, SortedMap<Reason, Long> suppressed, long classes, long smallestClass) {
    this(rows, suppressed, classes, smallestClass, 0);
  }

  public AnonymityFigures {
    suppressed = Collections.unmodifiableSortedMap(new TreeMap<>(suppressed));
  }

  /** Of the rows of both. */
  public AnonymityFigures plus(AnonymityFigures other) {
    SortedMap<Reason, Long> both = new TreeMap<>(suppressed);
    other.suppressed.forEach((reason, count) -> both.merge(reason, count, Long::sum));
    long smallest = Math.min(smallestClass, other.smallestClass);
    if (classes == 0 || other.classes == 0) {
      smallest = classes == 0 ? other.smallestClass : smallestClass;
    }
    return new AnonymityFigures(
        rows + other.rows, both, classes + other.classes, smallest, exposed + other.exposed);
  }

  public long suppressedRows() {
    return suppressed.values().stream().mapToLong(Long::longValue).sum();
  }

  public long leavingRows() {
    return rows - suppressedRows();
  }

  /** Share (0 to 1) of the judged rows that may not leave; 0 when there are none. */
  public double suppressedShare() {
    return rows == 0 ? 0 : (double) suppressedRows() / rows;
  }

  /**
   * The policy's limits beside what was measured; all of them block. How much is suppressed is
   * judged by partition ({@link SuppressedShares}).
   */
  public List<RuleResult> against(ExportPolicy policy) {
    return List.of(
        new RuleResult(
            "export.smallest-class",
            smallestClass,
            ">= " + policy.k(),
            classes == 0 || smallestClass >= policy.k(),
            true),
        new RuleResult("export.exposed-totals", exposed, "= 0", exposed == 0, true));
  }
}
