package dev.sluice.catalog.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The query that counts how many keys stand more than once in a table. */
public final class DuplicateKeys {
  private static final String BEFORE =
      "SELECT count(*) FROM (SELECT 1 AS one FROM {object} GROUP BY ";
  private static final String AFTER = " HAVING count(*) > 1)";
  private static final String BETWEEN = ", ";

  private DuplicateKeys() {}

  /** The query for a key of these columns. */
  public static String query(List<String> columns) {
    return columns.stream()
        .map(DuplicateKeys::quoted)
        .collect(Collectors.joining(BETWEEN, BEFORE, AFTER));
  }

  /** Whether a query is that of these columns, in whatever order. */
  public static boolean isQueryOf(String query, Collection<String> columns) {
    if (!query.startsWith(BEFORE) || !query.endsWith(AFTER)) {
      return false;
    }
    List<String> named =
        Arrays.asList(
            query.substring(BEFORE.length(), query.length() - AFTER.length()).split(BETWEEN, -1));
    Set<String> wanted = columns.stream().map(DuplicateKeys::quoted).collect(Collectors.toSet());
    return !wanted.isEmpty() && named.size() == wanted.size() && wanted.containsAll(named);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "") + "`";
  }
}
