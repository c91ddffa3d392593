package dev.sluice.catalog.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The query that counts how many keys stand more than once in a table. A key of which a part is
 * null is no key, as in a UNIQUE of SQL; such rows are never one event either.
 */
public final class DuplicateKeys {
  private static final String BEFORE = "SELECT count(*) FROM (SELECT 1 AS one FROM {object} WHERE ";
  private static final String IS_THERE = " IS NOT NULL";
  private static final String GROUPED = " GROUP BY ";
  private static final String AFTER = " HAVING count(*) > 1)";

  private DuplicateKeys() {}

  /** The query for a key of these columns. */
  public static String query(List<String> columns) {
    return ofQuoted(columns.stream().map(DuplicateKeys::quoted).toList());
  }

  /** Whether a query is that of these columns, in whatever order. */
  public static boolean isQueryOf(String query, Collection<String> columns) {
    int names = query.lastIndexOf(GROUPED) + GROUPED.length();
    int until = query.length() - AFTER.length();
    if (!query.endsWith(AFTER) || names > until) {
      return false;
    }
    List<String> named = Arrays.asList(query.substring(names, until).split(", ", -1));
    Set<String> wanted = columns.stream().map(DuplicateKeys::quoted).collect(Collectors.toSet());
    return !wanted.isEmpty()
        && named.size() == wanted.size()
        && wanted.containsAll(named)
        && query.equals(ofQuoted(named));
  }

  private static String ofQuoted(List<String> names) {
    return BEFORE
        + names.stream().map(name -> name + IS_THERE).collect(Collectors.joining(" AND "))
        + GROUPED
        + String.join(", ", names)
        + AFTER;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "") + "`";
  }
}
