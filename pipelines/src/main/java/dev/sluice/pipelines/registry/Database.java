package dev.sluice.pipelines.registry;

import dev.sluice.pipelines.config.SluiceConfig.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections to Postgres; the password is resolved at each opening and kept nowhere. */
public final class Database {
  private final Postgres postgres;

  public Database(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Something to do on an open connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * A new connection in auto-commit mode.
   *
   * @throws ServiceMissing when Postgres cannot be reached or refuses the user
   */
  public Connection open() {
    Properties properties = new Properties();
    properties.setProperty("user", postgres.user());
    properties.setProperty("password", postgres.passwordRef().resolve());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("ApplicationName", "sluice");
    try {
      return DriverManager.getConnection(postgres.url(), properties);
    } catch (SQLException e) {
      throw new ServiceMissing("Postgres", postgres.url(), "postgres.url", e);
    }
  }

  /** Does the work in one transaction; rolls back when it throws. */
  public <T> T inTransaction(Work<T> work) {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  RegistryFailed failed(SQLException e) {
    return new RegistryFailed("The registry at " + postgres.url() + " failed", e);
  }

  @Override
  public String toString() {
    return postgres.url();
  }
}
