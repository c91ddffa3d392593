package dev.sluice.refined.anonymity;

import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;

/** The gate's rules in plain loops over lists, for comparing. */
record BruteForce(List<Row> leaving, long small, long uniform, long units, long smallest) {

  static BruteForce of(List<Row> rows, String partition, ExportPolicy policy) {
    List<Row> candidates = new ArrayList<>(rows);
    boolean cells = policy.counted() instanceof Counted.Contributors;
    if (policy.counted() instanceof Counted.Contributors counted) {
      candidates.removeIf(row -> contributors(row, counted.column()) < policy.k());
    }
    long small = rows.size() - candidates.size();
    Map<List<Object>, List<Row>> classes = new HashMap<>();
    for (Row row : candidates) {
      List<Object> key = new ArrayList<>();
      key.add(row.getAs(partition));
      policy.quasiIdentifiers().forEach(name -> key.add(row.getAs(name)));
      classes.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
    }
    List<Row> leaving = new ArrayList<>();
    long uniform = 0;
    long units = 0;
    long smallest = Long.MAX_VALUE;
    for (List<Row> members : classes.values()) {
      long behind = behind(members, policy);
      if (!cells && behind < policy.k()) {
        small += members.size();
      } else if (policy.sensitive().stream().anyMatch(s -> distinct(members, s) < policy.l())) {
        uniform += members.size();
      } else {
        leaving.addAll(members);
        units += cells ? members.size() : 1;
        smallest = Math.min(smallest, behind);
      }
    }
    return new BruteForce(leaving, small, uniform, units, units == 0 ? 0 : smallest);
  }

  /** Rows of these columns as sorted texts. */
  static List<String> texts(Collection<Row> rows, String... columns) {
    return rows.stream()
        .map(row -> Arrays.stream(columns).map(c -> row.getAs(c)).toList().toString())
        .sorted()
        .toList();
  }

  private static long behind(List<Row> members, ExportPolicy policy) {
    if (policy.counted() instanceof Counted.Subjects subjects) {
      return distinct(members, subjects.column());
    }
    String column = ((Counted.Contributors) policy.counted()).column();
    return members.stream().mapToLong(row -> contributors(row, column)).min().orElse(0);
  }

  private static long contributors(Row row, String column) {
    Object value = row.getAs(column);
    return value == null ? 0 : ((Number) value).longValue();
  }

  private static long distinct(List<Row> members, String column) {
    return members.stream()
        .map(row -> row.getAs(column))
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }
}
