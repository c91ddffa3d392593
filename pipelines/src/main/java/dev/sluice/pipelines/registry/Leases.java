package dev.sluice.pipelines.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps two instances from doing the same work; safety does not depend on it. A lease ends when it
 * is closed, when its holder's connection is gone (a killed process), or when its time is over by
 * the database's clock.
 */
public final class Leases {
  private final Database database;
  private final Duration lifetime;

  public Leases(Database database, Duration lifetime) {
    this.database = database;
    this.lifetime = lifetime;
  }

  /** The lease on {@code name} for a holder; empty when another holds it. */
  @SuppressWarnings("MustBeClosedChecker")
  public Optional<Lease> take(String name, String holder) {
    Connection connection = database.open();
    try {
      if (insert(connection, name, holder)) {
        return Optional.of(new Lease(connection, name, holder, lifetime));
      }
      connection.close();
      return Optional.empty();
    } catch (SQLException e) {
      throw database.failed(e);
    }
  }

  /** Who holds a lease now, for people. */
  public Optional<String> holder(String name) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT holder || ' since ' || to_char(taken_at AT TIME ZONE 'UTC',"
                      + " 'YYYY-MM-DD HH24:MI:SS') || ' UTC' FROM sluice.lease WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.<String>empty();
            }
          }
        });
  }

  /** Whether a process that still lives holds a lease for this holder. */
  public boolean isHeldBy(String holder) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT 1 FROM sluice.lease l JOIN pg_stat_activity a ON a.pid = l.backend_pid"
                      + " AND a.backend_start = l.backend_start WHERE l.holder = ? AND"
                      + " l.expires_at >= now()")) {
            statement.setString(1, holder);
            try (ResultSet row = statement.executeQuery()) {
              return row.next();
            }
          }
        });
  }

  /** A lease that somebody alive holds, for people. */
  public record Held(String name, String holder, String since) {}

  /** The leases of a step that are held now. */
  public List<Held> held(String step) {
    return heldFrom(step + "/");
  }

  /** All leases that are held now. */
  public List<Held> held() {
    return heldFrom("");
  }

  private List<Held> heldFrom(String start) {
    return database.inTransaction(
        connection -> {
          List<Held> found = new ArrayList<>();
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT name, holder, to_char(taken_at AT TIME ZONE 'UTC',"
                      + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM sluice.lease held WHERE"
                      + " starts_with(name, ?) AND expires_at > now() AND EXISTS (SELECT 1 FROM"
                      + " pg_stat_activity a WHERE a.pid = held.backend_pid AND a.backend_start ="
                      + " held.backend_start) ORDER BY name")) {
            statement.setString(1, start);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                found.add(new Held(row.getString(1), row.getString(2), row.getString(3)));
              }
            }
          }
          return found;
        });
  }

  private boolean insert(Connection connection, String name, String holder) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO sluice.lease AS held (name, holder, backend_pid, backend_start, taken_at,"
                + " expires_at) SELECT ?, ?, pid, backend_start, now(), now() + make_interval(secs"
                + " => ?) FROM pg_stat_activity WHERE pid = pg_backend_pid() ON CONFLICT (name) DO"
                + " UPDATE SET holder = excluded.holder, backend_pid = excluded.backend_pid,"
                + " backend_start = excluded.backend_start, taken_at = excluded.taken_at,"
                + " expires_at = excluded.expires_at WHERE held.expires_at < now() OR NOT EXISTS"
                + " (SELECT 1 FROM pg_stat_activity a WHERE a.pid = held.backend_pid AND"
                + " a.backend_start = held.backend_start) RETURNING name")) {
      statement.setString(1, name);
      statement.setString(2, holder);
      statement.setDouble(3, lifetime.toMillis() / 1000.0);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
