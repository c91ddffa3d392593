package dev.sluice.refined.export;

import dev.sluice.catalog.position.Position;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one export takes, decided from one state of the refined table.
 *
 * @param base what BigQuery remembers
 * @param until where the refined table stood when it was looked at
 * @param refinedEpoch its epoch then
 * @param snapshot its snapshot then; rows are read from it and from no other
 * @param extent how much of what is in BigQuery is replaced
 * @param leaving partitions (canonical text) that may leave now, with their rows in refined; 0 for
 *     an emptied one
 * @param pending partitions that changed but wait, with their rows; BigQuery keeps what it has,
 *     unless all is made anew
 * @param withheld partitions that changed and of which too much is suppressed, with their rows;
 *     BigQuery keeps nothing of them, since what stands there may be what is suppressed now
 */
record ExportPlan(
    ExportedHead base,
    Position until,
    long refinedEpoch,
    long snapshot,
    Extent extent,
    SortedMap<String, Long> leaving,
    SortedMap<String, Long> pending,
    SortedMap<String, Long> withheld) {

  ExportPlan {
    leaving = Collections.unmodifiableSortedMap(new TreeMap<>(leaving));
    pending = Collections.unmodifiableSortedMap(new TreeMap<>(pending));
    withheld = Collections.unmodifiableSortedMap(new TreeMap<>(withheld));
  }

  /** The same, but these partitions wait. */
  ExportPlan holding(Set<String> partitions) {
    SortedMap<String, Long> now = new TreeMap<>(leaving);
    SortedMap<String, Long> later = new TreeMap<>(pending);
    partitions.forEach(partition -> later.put(partition, now.remove(partition)));
    return new ExportPlan(base, until, refinedEpoch, snapshot, extent, now, later, withheld);
  }

  /** The same, but these partitions are withheld. */
  ExportPlan withholding(Set<String> partitions) {
    SortedMap<String, Long> now = new TreeMap<>(leaving);
    SortedMap<String, Long> not = new TreeMap<>(withheld);
    partitions.forEach(partition -> not.put(partition, now.remove(partition)));
    return new ExportPlan(base, until, refinedEpoch, snapshot, extent, now, pending, not);
  }

  /**
   * The same; but where nothing is to leave except what was withheld at this same position, and
   * under this policy, it stays withheld: the gate would say of the same rows what it said.
   */
  ExportPlan withholdingAgain() {
    boolean known =
        extent == Extent.CHANGED
            && until.equals(base.position())
            && base.withheld().containsAll(leaving.keySet());
    return known ? withholding(leaving.keySet()) : this;
  }

  /** Whether BigQuery has all that can leave, and knows what cannot. */
  boolean nothingToDo() {
    return extent == Extent.CHANGED
        && leaving.isEmpty()
        && until.equals(base.position())
        && base.withheld().containsAll(withheld.keySet());
  }

  /** What comes again with the next export. */
  SortedSet<String> unsent() {
    SortedSet<String> unsent = new TreeSet<>(pending.keySet());
    unsent.addAll(withheld.keySet());
    return unsent;
  }

  /** What is replaced of the partitions that were looked at. */
  SortedSet<String> replaced() {
    SortedSet<String> replaced = new TreeSet<>(leaving.keySet());
    replaced.addAll(withheld.keySet());
    return replaced;
  }

  String untilText() {
    return PositionText.write(until);
  }

  long pendingRows() {
    return pending.values().stream().mapToLong(Long::longValue).sum();
  }

  long withheldRows() {
    return withheld.values().stream().mapToLong(Long::longValue).sum();
  }

  long rows() {
    return pendingRows()
        + withheldRows()
        + leaving.values().stream().mapToLong(Long::longValue).sum();
  }
}
