package dev.sluice.refined.reference;

import dev.sluice.catalog.run.FailureKind;
import dev.sluice.refined.CannotRefine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Opens connections that read, and see one state of the database for as long as they are open. */
final class ReferenceConnection {
  private ReferenceConnection() {}

  /** A connection that sees the state of its first statement. */
  static Connection open(ReferenceSource source) throws SQLException {
    Connection connection = connect(source);
    connection.setAutoCommit(false); // or the driver would fetch everything at once
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }

  /**
   * A connection that sees the state that another one, still open, sees.
   *
   * @param snapshot what Postgres' {@code pg_export_snapshot()} gave there
   */
  static Connection open(ReferenceSource source, String snapshot) throws SQLException {
    Connection connection = open(source);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot.replace("'", "''") + "'");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(ReferenceSource source) {
    Properties properties = new Properties();
    properties.setProperty("user", source.user());
    properties.setProperty("password", source.password().resolve());
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("ApplicationName", "sluice-reference");
    try {
      return DriverManager.getConnection(source.url(), properties);
    } catch (SQLException e) {
      throw new CannotRefine(
          FailureKind.TRANSIENT,
          "Postgres at "
              + source.url()
              + " does not let user "
              + source.user()
              + " in (SQLSTATE "
              + e.getSQLState()
              + "). To do: start it, or correct its address, user or password reference",
          e);
    }
  }
}
