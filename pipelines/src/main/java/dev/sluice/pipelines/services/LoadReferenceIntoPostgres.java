package dev.sluice.pipelines.services;

import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.pipelines.registry.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Replaces the content of {@code reference.<name>} in Postgres by a CSV file, all or nothing:
 * readers see the old rows until the new ones are there. The table is made, or made again when the
 * contract's columns have changed.
 */
public final class LoadReferenceIntoPostgres {
  private static final int BATCH = 1_000;

  private final Database database;

  public LoadReferenceIntoPostgres(Database database) {
    this.database = database;
  }

  /**
   * Loads the file.
   *
   * @return number of rows in the table afterwards
   * @throws ReferenceFaults with all faults of the file; the table is as it was
   * @throws IOException when the file cannot be read
   */
  public long load(ReferenceTable table, Path csv) throws IOException {
    String name = qualified(table);
    List<Column> columns = declared(table);
    List<List<Optional<Object>>> rows = new ReadReference(table).rows(csv);
    return database.inTransaction(
        connection -> {
          shape(connection, table, name, columns);
          try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + name + " IN SHARE ROW EXCLUSIVE MODE");
            statement.execute("DELETE FROM " + name);
          }
          insert(connection, name, columns, rows);
          return (long) rows.size();
        });
  }

  /**
   * What {@link #load} would do.
   *
   * @param rows that would be there afterwards
   * @param before rows that are there now
   * @param makesTable whether the table is missing or has other columns than the contract
   */
  public record Plan(long rows, long before, boolean makesTable) {}

  /**
   * Reads and checks the file and changes nothing.
   *
   * @throws ReferenceFaults with all faults of the file
   * @throws IOException when the file cannot be read
   */
  public Plan plan(ReferenceTable table, Path csv) throws IOException {
    String name = qualified(table);
    List<Column> columns = declared(table);
    long rows = new ReadReference(table).rows(csv).size();
    return database.inTransaction(
        connection -> {
          List<Column> present = present(connection, table.name());
          long before = present.isEmpty() ? 0 : count(connection, name);
          return new Plan(rows, before, !present.equals(columns));
        });
  }

  private static List<Column> declared(ReferenceTable table) {
    return table.columns().stream()
        .map(c -> new Column(identifier(c.name()), new ReferenceValue(c.type()).sqlType()))
        .toList();
  }

  private static long count(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM " + name)) {
      count.next();
      return count.getLong(1);
    }
  }

  /** The table that reference data of this name is loaded into. */
  public static String qualified(ReferenceTable table) {
    return "reference." + identifier(table.name());
  }

  private record Column(String name, String type) {}

  private static void shape(
      Connection connection, ReferenceTable table, String name, List<Column> columns)
      throws SQLException {
    if (present(connection, table.name()).equals(columns)) {
      return;
    }
    String key =
        table.key().isEmpty()
            ? ""
            : table.key().stream()
                .map(LoadReferenceIntoPostgres::identifier)
                .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS reference");
      statement.execute("DROP TABLE IF EXISTS " + name);
      statement.execute(
          columns.stream()
              .map(column -> column.name() + " " + column.type())
              .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", key + ")")));
    }
  }

  private static List<Column> present(Connection connection, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
                + " JOIN pg_class c ON c.oid = a.attrelid"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = 'reference' AND c.relname = ?"
                + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum")) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(new Column(identifier(rows.getString(1)), rows.getString(2)));
        }
      }
    }
    return columns;
  }

  private static void insert(
      Connection connection, String name, List<Column> columns, List<List<Optional<Object>>> rows)
      throws SQLException {
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + name + " VALUES (" + marks + ")")) {
      int waiting = 0;
      for (List<Optional<Object>> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i).orElse(null));
        }
        insert.addBatch();
        if (++waiting == BATCH) {
          insert.executeBatch();
          waiting = 0;
        }
      }
      insert.executeBatch();
    }
  }

  private static String identifier(String name) {
    if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "A name in Postgres has lower case letters, digits and '_' only, at most 63; got '"
              + name
              + "'");
    }
    return '"' + name + '"';
  }
}
