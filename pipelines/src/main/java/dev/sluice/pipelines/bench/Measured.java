package dev.sluice.pipelines.bench;

import java.util.List;

/**
 * Seconds of rounds of the same work done by us and by bare Spark.
 *
 * @param what what was measured
 */
public record Measured(String what, List<Double> ours, List<Double> bare) {
  public Measured {
    ours = List.copyOf(ours);
    bare = List.copyOf(bare);
  }

  /** Our rate as a share of the bare one's; medians of rounds. */
  public double ratio() {
    return median(bare) / median(ours);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
