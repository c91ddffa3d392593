package dev.sluice.pipelines.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;

/** Writes runs, their steps and what quality rules measured. */
public final class RunRegister {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  public RunRegister(Database database) {
    this.database = database;
  }

  /** How one step ended, as it is kept. */
  public record StepRow(
      String step,
      String dataSet,
      String tenant,
      String outcome,
      String message,
      Optional<StepFigures> figures,
      List<RuleResult> rules,
      double seconds) {}

  public void started(RunContext run, String command) {
    database.inTransaction(
        connection ->
            update(
                connection,
                "INSERT INTO sluice.run (id, command, code_version, started_at) VALUES (?, ?, ?, ?)",
                run.id(),
                command,
                run.codeVersion(),
                Timestamp.from(run.startedAt())));
  }

  public void finished(RunContext run, int exitCode) {
    database.inTransaction(
        connection ->
            update(
                connection,
                "UPDATE sluice.run SET finished_at = now(), exit_code = ? WHERE id = ?",
                exitCode,
                run.id()));
  }

  /** Adds a step and its rule results in one transaction. */
  public void step(RunContext run, StepRow row) {
    database.inTransaction(
        connection -> {
          long id = insert(connection, run, row);
          for (RuleResult rule : row.rules()) {
            update(
                connection,
                "INSERT INTO sluice.quality_result (step_id, rule, measured, expected, held, blocks)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                id,
                rule.rule(),
                rule.measured(),
                rule.expected(),
                rule.held(),
                rule.blocks());
          }
          return id;
        });
  }

  private static long insert(Connection connection, RunContext run, StepRow row)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO sluice.step (run_id, step, data_set, tenant, outcome, message, figures,"
                + " seconds) VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?) RETURNING id")) {
      statement.setString(1, run.id());
      statement.setString(2, row.step());
      statement.setString(3, row.dataSet());
      statement.setString(4, row.tenant());
      statement.setString(5, row.outcome());
      statement.setString(6, row.message());
      statement.setString(7, row.figures().map(RunRegister::json).orElse("null"));
      statement.setDouble(8, row.seconds());
      try (ResultSet id = statement.executeQuery()) {
        id.next();
        return id.getLong(1);
      }
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static String json(StepFigures figures) {
    try {
      return JSON.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The figures of a step have no JSON form", e);
    }
  }
}
