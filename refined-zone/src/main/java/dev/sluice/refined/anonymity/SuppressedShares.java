package dev.sluice.refined.anonymity;

import dev.sluice.catalog.run.RuleResult;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of each partition may not leave. A partition of which much is missing misleads, so it is
 * over the cap and does not leave at all. One of which nothing may leave misleads nobody: it leaves
 * as an empty one, and is over no cap. But where BigQuery would have no row of any partition,
 * though there are some, the whole table is what is missing: then each of them counts.
 *
 * @param rows judged rows by partition
 * @param leaving rows that may leave, by partition; none where none may
 * @param empties whether none leaves and BigQuery keeps no row of another partition
 */
public record SuppressedShares(
    SortedMap<String, Long> rows, SortedMap<String, Long> leaving, boolean empties) {
  public SuppressedShares {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    leaving = Collections.unmodifiableSortedMap(new TreeMap<>(leaving));
  }

  /** What the gate measured. */
  public static SuppressedShares of(PartitionFigures measured, boolean empties) {
    SortedMap<String, Long> rows = new TreeMap<>();
    SortedMap<String, Long> leaving = new TreeMap<>();
    measured
        .byPartition()
        .forEach(
            (partition, figures) -> {
              rows.put(partition, figures.rows());
              if (figures.leavingRows() > 0) {
                leaving.put(partition, figures.leavingRows());
              }
            });
    return new SuppressedShares(rows, leaving, empties);
  }

  /** Partitions of which a larger share (0 to 1) than the cap may not leave. */
  public Set<String> over(double cap) {
    Set<String> over = new TreeSet<>();
    counting().stream().filter(partition -> share(partition) > cap).forEach(over::add);
    return over;
  }

  /** Largest share of a partition that counts; 0 when there is none. */
  public double largest() {
    return counting().stream().mapToDouble(this::share).max().orElse(0);
  }

  /**
   * The cap beside what was measured.
   *
   * @param blocks whether nothing can leave for it; else it holds back some partitions only
   */
  public RuleResult against(double cap, boolean blocks) {
    return new RuleResult(
        "export.suppressed-share", largest(), "<= " + cap, over(cap).isEmpty(), blocks);
  }

  private Set<String> counting() {
    return empties ? rows.keySet() : leaving.keySet();
  }

  private double share(String partition) {
    long all = rows.getOrDefault(partition, 0L);
    return all == 0 ? 0 : (double) (all - leaving.getOrDefault(partition, 0L)) / all;
  }
}
