package dev.sluice.raw.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/** Parts that read about equally much; a file is never divided, as its records have an order. */
final class InParallel {
  private static final long WORTH_A_TASK = 1 << 20;
  private static final long LARGE = 64L << 20;

  private InParallel() {}

  private static final class Part<T> {
    final ArrayList<T> items = new ArrayList<>();
    long size;
  }

  /**
   * @param tasks how many run at once
   */
  static <T> List<ArrayList<T>> of(List<T> items, ToLongFunction<T> size, int tasks) {
    long total = items.stream().mapToLong(size).sum();
    long wanted = Math.max(total / LARGE + 1, Math.min(tasks, total / WORTH_A_TASK + 1));
    int parts = (int) Math.max(1, Math.min(items.size(), wanted));
    PriorityQueue<Part<T>> lightest = new PriorityQueue<>(Comparator.comparingLong(p -> p.size));
    List<Part<T>> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      all.add(new Part<>());
    }
    lightest.addAll(all);
    items.stream()
        .sorted(Comparator.comparingLong(size).reversed())
        .forEach(
            item -> {
              Part<T> part = lightest.remove();
              part.items.add(item);
              part.size += size.applyAsLong(item) + WORTH_A_TASK / 64;
              lightest.add(part);
            });
    return new ArrayList<>(all.stream().map(p -> p.items).toList()); // travels to executors
  }
}
