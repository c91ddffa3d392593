package dev.sluice.refined.reference;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.ReferenceTable;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a reference table into parts that hold each row once: ranges of the first key column where
 * it is a whole number and its values lie close together, else the remainders of its hash. Rows
 * without a key are in the first part, so that somebody sees them.
 */
record KeyRanges(ReferenceSource source, ReferenceTable reference) {
  /** Where fewer than one in so many numbers is a key, equal ranges would hold unequal parts. */
  private static final long SPARSE = 10;

  /**
   * Conditions, one a part.
   *
   * @param rows about how many rows there are
   * @param parts how many parts, from 1
   */
  List<String> of(Connection connection, long rows, int parts) throws SQLException {
    String key = '"' + reference.key().get(0) + '"';
    if (isWhole()) {
      try (Statement statement = connection.createStatement();
          ResultSet bounds =
              statement.executeQuery(
                  "SELECT min(" + key + "), max(" + key + ") FROM " + source.quotedTable())) {
        bounds.next();
        long least = bounds.getLong(1);
        long most = bounds.getLong(2);
        BigInteger width = BigInteger.valueOf(most).subtract(BigInteger.valueOf(least));
        if (width.divide(BigInteger.valueOf(SPARSE)).compareTo(BigInteger.valueOf(rows)) <= 0) {
          return ranges(key, least, width.longValueExact() / parts + 1, parts);
        }
      }
    }
    return remainders(key, parts);
  }

  private static List<String> ranges(String key, long least, long step, int parts) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      String from = i == 0 ? "" : key + " >= " + (least + i * step);
      String until = i == parts - 1 ? "" : key + " < " + (least + (i + 1) * step);
      String both = from + (from.isEmpty() || until.isEmpty() ? "" : " AND ") + until;
      conditions.add(
          both.isEmpty() ? "true" : i == 0 ? "(" + both + " OR " + key + " IS NULL)" : both);
    }
    return conditions;
  }

  private static List<String> remainders(String key, int parts) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      String rest = "(hashtext(" + key + "::text) & 2147483647) % " + parts + " = " + i;
      conditions.add(i == 0 ? "(" + rest + " OR " + key + " IS NULL)" : rest);
    }
    return conditions;
  }

  private boolean isWhole() {
    return reference.columns().stream()
        .anyMatch(
            c ->
                c.name().equals(reference.key().get(0))
                    && (c.type() == Simple.INT || c.type() == Simple.BIGINT));
  }
}
