package dev.sluice.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Gives a fresh server the role and database {@code sluice}, then lets nobody in without a
 * password. Runs at each start, so that a first start cut off half way is completed by the next.
 */
final class PrepareDatabase {
  private static final String ACCESS =
      "# Written at each start; changes are lost.\n"
          + "host all all 127.0.0.1/32 scram-sha-256\n"
          + "host all all ::1/128 scram-sha-256\n";

  private final EmbeddedPostgres postgres;
  private final Path data;

  PrepareDatabase(EmbeddedPostgres postgres, Path data) {
    this.postgres = postgres;
    this.data = data;
  }

  void run(Secret superuser, Secret user) throws SQLException, IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      // A failing statement would otherwise stand in the log with its password.
      sql.execute("SET log_min_error_statement = panic");
      sql.execute("ALTER ROLE postgres PASSWORD '" + superuser.value() + "'");
      if (isMissing(sql, "SELECT 1 FROM pg_roles WHERE rolname = 'sluice'")) {
        sql.execute("CREATE ROLE sluice LOGIN");
      }
      sql.execute("ALTER ROLE sluice PASSWORD '" + user.value() + "'");
      if (isMissing(sql, "SELECT 1 FROM pg_database WHERE datname = 'sluice'")) {
        sql.execute("CREATE DATABASE sluice OWNER sluice");
        sql.execute("REVOKE ALL ON DATABASE sluice FROM PUBLIC");
      }
      Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
      sql.execute("SELECT pg_reload_conf()");
    }
  }

  private static boolean isMissing(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return !rows.next();
    }
  }
}
