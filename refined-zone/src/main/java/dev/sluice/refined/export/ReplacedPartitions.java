package dev.sluice.refined.export;

import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.refined.PartitionValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which partitions of a table in BigQuery an export replaces. One statement changes 4,000 at most,
 * so more are deleted and inserted by several, in one transaction.
 *
 * @param all true for every row that is replaced
 * @param deletes true together for the same rows; each is for one statement
 * @param inserts true together for every row that arrives, for one of them only
 */
record ReplacedPartitions(
    PartitionFilter all, List<PartitionFilter> deletes, List<PartitionFilter> inserts) {
  /** BigQuery's limit, for what is partitioned there. */
  static final int PER_STATEMENT = 4_000;

  ReplacedPartitions {
    deletes = List.copyOf(deletes);
    inserts = List.copyOf(inserts);
  }

  static ReplacedPartitions by(ExportPlan plan, PartitionValues values, AllowedColumn partition) {
    return by(plan, values, partition, PER_STATEMENT);
  }

  /**
   * As {@link #by(ExportPlan, PartitionValues, AllowedColumn)}.
   *
   * @param most partitions that one statement may change
   */
  static ReplacedPartitions by(
      ExportPlan plan, PartitionValues values, AllowedColumn partition, int most) {
    PartitionFilter all = all(plan, values, partition);
    SortedSet<String> known = new TreeSet<>(plan.replaced());
    if (plan.extent() == Extent.ANEW) {
      known.addAll(plan.pending().keySet());
    }
    List<PartitionFilter> deletes = new ArrayList<>();
    if (known.size() > most) {
      deletes.addAll(steps(1, known, values, partition, most));
    }
    if (deletes.isEmpty() || plan.extent() != Extent.CHANGED) {
      deletes.add(all); // after the known ones: what refined has no longer
    }
    SortedSet<String> arriving = new TreeSet<>(plan.leaving().keySet());
    return new ReplacedPartitions(
        all,
        deletes,
        arriving.size() > most
            ? steps(deletes.size() + 1, arriving, values, partition, most)
            : List.of(PartitionFilter.everything()));
  }

  /** What the filters need, bound. */
  Map<String, QueryParameterValue> parameters() {
    Map<String, QueryParameterValue> parameters = new TreeMap<>(all.parameters());
    deletes.forEach(step -> parameters.putAll(step.parameters()));
    inserts.forEach(step -> parameters.putAll(step.parameters()));
    return parameters;
  }

  private static PartitionFilter all(
      ExportPlan plan, PartitionValues values, AllowedColumn partition) {
    if (plan.extent() == Extent.CHANGED) {
      return PartitionFilter.among(0, plan.replaced(), values, partition);
    }
    if (plan.extent() == Extent.ANEW || plan.pending().isEmpty()) {
      return PartitionFilter.everything();
    }
    return PartitionFilter.among(0, plan.pending().keySet(), values, partition).not();
  }

  private static List<PartitionFilter> steps(
      int no, Collection<String> texts, PartitionValues values, AllowedColumn partition, int most) {
    List<String> sorted = new NewestFirst(values).of(texts);
    List<PartitionFilter> steps = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += most) {
      List<String> step = sorted.subList(from, Math.min(from + most, sorted.size()));
      steps.add(PartitionFilter.among(no + steps.size(), step, values, partition));
    }
    return steps;
  }
}
