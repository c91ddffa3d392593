package dev.sluice.pipelines.registry;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.raw.Turns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Turns at raw tables as advisory locks of Postgres: who came first is next, and the turn of a
 * killed process ends with its connection. Whoever has waited for long goes on without.
 */
public final class RawTurns implements Turns {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Database database;
  private final Duration patience;

  /** Turns at the raw table of a contract; nobody waits where rows come one way only. */
  public static Turns of(Database database, DataContract contract) {
    boolean bothWays = contract.source().hasTopic() && contract.source().folder().isPresent();
    return bothWays ? new RawTurns(database, Duration.ofSeconds(10)) : Turns.NONE;
  }

  RawTurns(Database database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker")
  public Turn at(String table) {
    Connection connection = database.open();
    try {
      lock(connection, table);
      return () -> close(connection);
    } catch (SQLException e) {
      close(connection);
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return () -> {};
      }
      throw database.failed(e);
    }
  }

  private void lock(Connection connection, String table) throws SQLException {
    try (Statement limit = connection.createStatement()) {
      limit.execute("SET lock_timeout = " + patience.toMillis());
    }
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_advisory_lock(hashtextextended('sluice turn at ' || ?, 0))")) {
      lock.setString(1, table);
      lock.execute();
    }
  }

  private void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw database.failed(e);
    }
  }
}
