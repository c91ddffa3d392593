package dev.sluice.pipelines.registry;

import dev.sluice.refined.export.EgressBudget;
import dev.sluice.refined.export.EgressBudget.Reservation.Granted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;

/** The bytes that left, by exported table and UTC day, kept in Postgres. */
public final class EgressLedger implements EgressBudget {
  private final Database database;

  public EgressLedger(Database database) {
    this.database = database;
  }

  @Override
  public Reservation reserve(String table, LocalDate day, long bytes, long limit) {
    return database.inTransaction(
        connection -> {
          lock(connection, table);
          long taken = taken(connection, table, day);
          if (bytes > limit - taken) {
            return new Reservation.Refused(taken, limit);
          }
          Granted granted = new Granted(UUID.randomUUID().toString(), table, day, bytes);
          insert(connection, granted);
          return granted;
        });
  }

  @Override
  public void settle(Granted reservation, long sent) {
    database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "UPDATE sluice.egress SET bytes = ?, settled = true WHERE id = ?")) {
            statement.setLong(1, sent);
            statement.setString(2, reservation.id());
            return statement.executeUpdate();
          }
        });
  }

  /** Bytes that left for a table in all, on any day. */
  public long sentFor(String table) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT coalesce(sum(bytes), 0) FROM sluice.egress WHERE table_name = ?")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  /** One asker a table at a time, so that two cannot both take the last bytes. */
  private static void lock(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 5))")) {
      statement.setString(1, "egress " + table);
      statement.execute();
    }
  }

  private static long taken(Connection connection, String table, LocalDate day)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT coalesce(sum(bytes), 0) FROM sluice.egress WHERE table_name = ? AND day = ?")) {
      statement.setString(1, table);
      statement.setObject(2, day);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void insert(Connection connection, Granted granted) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO sluice.egress (id, table_name, day, bytes) VALUES (?, ?, ?, ?)")) {
      statement.setString(1, granted.id());
      statement.setString(2, granted.table());
      statement.setObject(3, granted.day());
      statement.setLong(4, granted.bytes());
      statement.executeUpdate();
    }
  }
}
