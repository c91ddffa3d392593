package dev.sluice.pipelines.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param rows values as text; null for SQL's null
 * @param cut whether there were more rows than were asked for
 */
public record QueryResult(List<String> columns, List<List<@Nullable String>> rows, boolean cut) {
  public QueryResult {
    columns = List.copyOf(columns);
    List<List<@Nullable String>> copy = new ArrayList<>();
    rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
    rows = Collections.unmodifiableList(copy);
  }
}
