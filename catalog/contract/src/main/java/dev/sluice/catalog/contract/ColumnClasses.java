package dev.sluice.catalog.contract;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a column says about people, part by part: a nested one may hold a key beside a place.
 *
 * @param parts the classification by the part's path, such as {@code address.city}; the column
 *     itself has the empty path, and lists are no step of a path
 */
public record ColumnClasses(SortedMap<String, Classification> parts) implements Serializable {
  private static final String WHOLE = "";

  public ColumnClasses {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A column has a classification");
    }
  }

  /** Of a column without parts, or of all of it. */
  public static ColumnClasses of(Classification whole) {
    return new ColumnClasses(new TreeMap<>(Map.of(WHOLE, whole)));
  }

  /** Of both; where both say something of one part, the more telling of the two. */
  public ColumnClasses and(ColumnClasses other) {
    SortedMap<String, Classification> both = new TreeMap<>(parts);
    other.parts.forEach(
        (path, says) -> both.merge(path, says, (one, two) -> one.compareTo(two) > 0 ? one : two));
    return new ColumnClasses(both);
  }

  /** The same as a part of this name of a larger column. */
  public ColumnClasses within(String name) {
    SortedMap<String, Classification> longer = new TreeMap<>();
    parts.forEach((path, says) -> longer.put(path.isEmpty() ? name : name + "." + path, says));
    return new ColumnClasses(longer);
  }

  /** What the column says as a whole. */
  public Classification mostTelling() {
    return Collections.max(parts.values(), Comparator.naturalOrder());
  }

  public boolean has(Classification says) {
    return parts.containsValue(says);
  }

  /** Whether the part at this path, or one below it, is of such a class. */
  public boolean hasAt(String path, Predicate<Classification> such) {
    return parts.entrySet().stream()
        .anyMatch(part -> isBelow(part.getKey(), path) && such.test(part.getValue()));
  }

  /**
   * Whether a value that must not be inferable stands in one column with others: as a whole they
   * may all differ although the value itself is always the same.
   */
  public boolean hidesSensitive() {
    return has(Classification.SENSITIVE)
        && parts.keySet().stream().filter(this::isLeaf).count() > 1;
  }

  private boolean isLeaf(String path) {
    return parts.keySet().stream().allMatch(other -> other.equals(path) || !isBelow(other, path));
  }

  private static boolean isBelow(String part, String path) {
    return path.isEmpty() || part.equals(path) || part.startsWith(path + ".");
  }
}
