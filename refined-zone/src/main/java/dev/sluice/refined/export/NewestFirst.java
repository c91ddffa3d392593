package dev.sluice.refined.export;

import dev.sluice.refined.PartitionValues;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts partitions so that those come first that readers most likely want: the greatest value, that
 * is the latest date or time; rows without a value come last.
 */
record NewestFirst(PartitionValues values) {

  /**
   * In that order.
   *
   * @param partitions canonical texts
   */
  List<String> of(Collection<String> partitions) {
    return partitions.stream().sorted(this::compare).toList();
  }

  private int compare(String one, String other) {
    boolean none = one.equals(PartitionValues.NULL);
    if (none || other.equals(PartitionValues.NULL)) {
      return Boolean.compare(none, other.equals(PartitionValues.NULL));
    }
    return byValue().compare(values.value(other), values.value(one));
  }

  /** All values of one partition column are of one type, which has an order. */
  @SuppressWarnings("unchecked")
  private static Comparator<Object> byValue() {
    return (one, other) -> ((Comparable<Object>) one).compareTo(other);
  }
}
