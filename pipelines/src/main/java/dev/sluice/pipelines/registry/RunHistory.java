package dev.sluice.pipelines.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads back what {@link RunRegister} wrote. */
public final class RunHistory {
  private static final int RUNS = 5;
  private static final String TIME =
      "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

  private final Database database;

  public RunHistory(Database database) {
    this.database = database;
  }

  /**
   * A run.
   *
   * @param finishedAt empty while it runs, or when its process was killed
   */
  public record RunRow(
      String id, String command, String startedAt, String finishedAt, String exitCode) {}

  /**
   * The last word on a step that blocked, and on what is blocked until it changes.
   *
   * @param rules what did not hold, one sentence a rule
   */
  public record BlockedRow(
      String step,
      String dataSet,
      String tenant,
      String run,
      String at,
      String what,
      List<String> rules) {
    public BlockedRow {
      rules = List.copyOf(rules);
    }
  }

  /** The last runs, newest first. */
  public List<RunRow> lastRuns() {
    return database.inTransaction(
        connection ->
            rows(
                connection,
                "SELECT id, command, "
                    + TIME.formatted("started_at")
                    + ", coalesce("
                    + TIME.formatted("finished_at")
                    + ", ''), coalesce(exit_code::text, '') FROM sluice.run ORDER BY started_at"
                    + " DESC LIMIT "
                    + RUNS,
                r ->
                    new RunRow(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getString(5))));
  }

  /** Steps whose last outcome is a block. */
  public List<BlockedRow> blocked() {
    return database.inTransaction(
        connection ->
            rows(
                connection,
                "SELECT step, data_set, tenant, run_id, at, message, ARRAY(SELECT 'rule ' || q.rule"
                    + " || ': expected ' || q.expected || ', measured ' || q.measured FROM"
                    + " sluice.quality_result q WHERE q.step_id = last.id AND q.blocks AND NOT"
                    + " q.held ORDER BY q.rule) FROM (SELECT DISTINCT ON (step, data_set, tenant)"
                    + " id, step, data_set, tenant, run_id, "
                    + TIME.formatted("finished_at")
                    + " AS at, message, outcome FROM sluice.step ORDER BY step, data_set, tenant,"
                    + " id DESC) last WHERE outcome = 'Blocked'",
                r ->
                    new BlockedRow(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getString(5),
                        r.getString(6),
                        List.of((String[]) r.getArray(7).getArray()))));
  }

  @FunctionalInterface
  private interface Read<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> rows(Connection connection, String sql, Read<T> read)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(read.of(result));
      }
    }
    return rows;
  }
}
