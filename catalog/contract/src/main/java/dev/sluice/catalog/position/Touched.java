package dev.sluice.catalog.position;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which partitions a commit rewrote, as canonical text of the partition value; needed because a
 * partition that was emptied has no row left that would show it.
 */
public record Touched(boolean all, SortedSet<String> partitions) {
  /** More partitions than this are remembered as "all". */
  public static final int LIMIT = 500;

  /** Begins the text of a partition that a table lost to its retention. */
  public static final String EXPIRED = "expired:";

  public static final Touched NOTHING = new Touched(false, new TreeSet<>());
  public static final Touched ALL = new Touched(true, new TreeSet<>());

  public Touched {
    all = all || partitions.size() > LIMIT;
    partitions = all ? new TreeSet<>() : new TreeSet<>(partitions);
  }

  public static Touched of(Iterable<String> partitions) {
    TreeSet<String> values = new TreeSet<>();
    partitions.forEach(values::add);
    return new Touched(false, values);
  }

  /**
   * Without partitions that expired: what was made of their rows stays, since it cannot be made
   * again.
   */
  public Touched withoutExpired() {
    return all ? this : of(partitions.stream().filter(p -> !p.startsWith(EXPIRED)).toList());
  }

  public Touched and(Touched other) {
    TreeSet<String> both = new TreeSet<>(partitions);
    both.addAll(other.partitions);
    return new Touched(all || other.all, both);
  }
}
