package dev.sluice.refined.export;

import dev.sluice.catalog.position.Position;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * @param pending partitions that changed but are held back, with their rows
 */
record ExportPlan(
    ExportedHead base,
    Position until,
    long refinedEpoch,
    long snapshot,
    Extent extent,
    SortedMap<String, Long> leaving,
    SortedMap<String, Long> pending) {

  ExportPlan {
    leaving = Collections.unmodifiableSortedMap(new TreeMap<>(leaving));
    pending = Collections.unmodifiableSortedMap(new TreeMap<>(pending));
  }

  /** The same, but these partitions wait. */
  ExportPlan holding(Set<String> partitions) {
    SortedMap<String, Long> now = new TreeMap<>(leaving);
    SortedMap<String, Long> later = new TreeMap<>(pending);
    partitions.forEach(partition -> later.put(partition, now.remove(partition)));
    return new ExportPlan(base, until, refinedEpoch, snapshot, extent, now, later);
  }

  boolean nothingToDo() {
    return extent == Extent.CHANGED && leaving.isEmpty() && until.equals(base.position());
  }

  String untilText() {
    return PositionText.write(until);
  }

  long pendingRows() {
    return pending.values().stream().mapToLong(Long::longValue).sum();
  }

  long rows() {
    return pendingRows() + leaving.values().stream().mapToLong(Long::longValue).sum();
  }
}
