package dev.sluice.pipelines.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the schema {@code sluice} up to this version: numbered scripts, each once, all in one
 * transaction, one migrator at a time.
 */
public final class MigrateRegistry {
  /** Names of the scripts, in their order; only ever appended to. */
  static final List<String> SCRIPTS =
      List.of(
          "001-runs.sql",
          "002-audit.sql",
          "003-contracts-leases-egress.sql",
          "004-keysets.sql",
          "005-dropped-files.sql",
          "006-table-uses.sql",
          "007-recipes.sql",
          "008-canaries.sql");

  private static final long LOCK = 0x51_01CE_0001L;

  private final Database database;

  public MigrateRegistry(Database database) {
    this.database = database;
  }

  /** Runs what has not run yet and returns how many scripts that were. */
  public int run() {
    return database.inTransaction(this::migrate);
  }

  private int migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute("CREATE SCHEMA IF NOT EXISTS sluice");
      statement.execute("SET LOCAL search_path TO sluice");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS migration (script text PRIMARY KEY, at timestamptz NOT NULL"
              + " DEFAULT now())");
      int ran = 0;
      for (String script : SCRIPTS) {
        if (isNew(connection, script)) {
          statement.execute(text(script));
          ran++;
        }
      }
      return ran;
    }
  }

  private static boolean isNew(Connection connection, String script) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO migration (script) VALUES (?) ON CONFLICT DO NOTHING RETURNING script")) {
      insert.setString(1, script);
      try (ResultSet inserted = insert.executeQuery()) {
        return inserted.next();
      }
    }
  }

  private static String text(String script) {
    try (InputStream in = MigrateRegistry.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("The script " + script + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
