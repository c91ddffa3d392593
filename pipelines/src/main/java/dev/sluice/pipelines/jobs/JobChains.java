package dev.sluice.pipelines.jobs;

import java.util.List;
import java.util.stream.Stream;

/**
 * Jobs of a data set and what needs what.
 *
 * @param first jobs that everything else needs
 * @param then chains in which each job needs the one before it
 */
public record JobChains(List<Job> first, List<List<Job>> then) {
  public JobChains {
    first = List.copyOf(first);
    then = then.stream().map(List::copyOf).toList();
  }

  /** Jobs of which none needs another. */
  public static JobChains apart(List<Job> jobs) {
    return new JobChains(List.of(), jobs.stream().map(List::of).toList());
  }

  /** All of them in order. */
  public List<Job> all() {
    return Stream.concat(first.stream(), then.stream().flatMap(List::stream)).toList();
  }
}
