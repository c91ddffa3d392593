package dev.sluice.catalog.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;

/** Asks the catalog's database, on a new connection, whether a swap was applied. */
final class LookUpSwap {
  /** SQLSTATE of what stays undecided; not among those that any pool retries. */
  static final String UNDECIDED_STATE = "SLU01";

  private static final int TRIES = 4;
  private static final long PAUSE_MILLIS = 400;
  private static final String QUERY =
      "SELECT metadata_location, previous_metadata_location FROM iceberg_tables"
          + " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";
  private final Supplier<Connection> connections;

  LookUpSwap(Supplier<Connection> connections) {
    this.connections = connections;
  }

  /** A swap from an old metadata location, or from none, to a new one that is its own alone. */
  record Swap(String catalog, String namespace, String table, String to, Optional<String> from) {}

  enum State {
    APPLIED,
    NOT_APPLIED,
    /** The row is gone, several commits followed, or the database cannot be asked. */
    UNDECIDED
  }

  /** Whether a failure leaves open what the server did (SQLSTATE classes 08 and 57P). */
  static boolean losesTheAnswer(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  static SQLException undecided(Swap swap, SQLException lost) {
    return new SQLException(
        "whether the swap of " + swap.namespace() + "." + swap.table() + " was applied is unknown",
        UNDECIDED_STATE,
        lost);
  }

  static boolean isUndecided(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && UNDECIDED_STATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  State state(Swap swap) {
    for (int tried = 1; ; tried++) {
      try (Connection connection = connections.get()) {
        return state(swap, connection);
      } catch (SQLException | UncheckedSQLException e) {
        if (tried == TRIES || !pause()) {
          return State.UNDECIDED;
        }
      }
    }
  }

  /** The lock waits for a swap that is still under way in the session whose answer was lost. */
  private static State state(Swap swap, Connection connection) throws SQLException {
    boolean locks = "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
    try (PreparedStatement query =
        connection.prepareStatement(locks ? QUERY + " FOR UPDATE" : QUERY)) {
      query.setString(1, swap.catalog());
      query.setString(2, swap.namespace());
      query.setString(3, swap.table());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return swap.from().isEmpty() ? State.NOT_APPLIED : State.UNDECIDED;
        }
        return state(swap, row.getString(1), row.getString(2));
      }
    }
  }

  private static State state(Swap swap, @Nullable String current, @Nullable String previous) {
    if (swap.to().equals(current) || swap.to().equals(previous)) {
      return State.APPLIED;
    }
    boolean unmoved = swap.from().isPresent() && Objects.equals(swap.from().get(), current);
    return unmoved ? State.NOT_APPLIED : State.UNDECIDED;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
