package dev.sluice.refined.anonymity;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gate measured, by partition: what may leave of one depends on no other.
 *
 * @param byPartition figures by partition (canonical text); none where there is no row
 * @param exposed known totals of any of them that tell too much; must be 0
 */
public record PartitionFigures(SortedMap<String, AnonymityFigures> byPartition, long exposed) {
  public PartitionFigures {
    byPartition = Collections.unmodifiableSortedMap(new TreeMap<>(byPartition));
  }

  /** Of all partitions together. */
  public AnonymityFigures all() {
    return among(byPartition.keySet());
  }

  /** Of these partitions together; what is exposed anywhere counts, for it must be nowhere. */
  public AnonymityFigures among(Set<String> partitions) {
    AnonymityFigures sum = new AnonymityFigures(0, new TreeMap<>(), 0, 0, exposed);
    for (String partition : partitions) {
      AnonymityFigures part = byPartition.get(partition);
      sum = part == null ? sum : sum.plus(part);
    }
    return sum;
  }
}
