package dev.sluice.catalog.tables;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Connections to the catalog's database that look before they act: when the answer to a pointer
 * swap is lost, the row tells whether it was applied. Iceberg's own pool sends the swap again,
 * takes the miss for a conflict, and its retry then drops what others committed meanwhile.
 *
 * <p>What cannot be decided fails with a state that nothing retries; see {@link LookUpSwap}.
 */
final class DecidingPool extends JdbcClientPool {
  /** The server ended the session or cannot take one yet; a new connection may do. */
  private static final Set<String> RECONNECT = Set.of("57P01", "57P02", "57P03", "08001");

  private final String url;
  private final Map<String, String> properties;
  private final ThreadLocal<SwapDoubt> doubts = ThreadLocal.withInitial(SwapDoubt::new);

  DecidingPool(Map<String, String> properties) {
    super(properties.get(CatalogProperties.URI), properties);
    this.url = properties.getOrDefault(CatalogProperties.URI, "");
    this.properties = Map.copyOf(properties);
  }

  /**
   * Runs an action, a second time after a broken connection. When the second try ends undecided the
   * stock pool would throw the first try's exception; here the undecided one wins.
   */
  @Override
  public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
      throws SQLException, InterruptedException {
    SwapDoubt doubt = doubts.get();
    doubt.clear();
    try {
      return super.run(action, retry);
    } catch (SQLException e) {
      throw doubt.orElse(e);
    } finally {
      doubt.clear();
    }
  }

  @Override
  protected Connection newClient() {
    return WatchedConnection.around(connect(), new LookUpSwap(this::connect), doubts::get);
  }

  @Override
  protected boolean isConnectionException(Exception e) {
    return super.isConnectionException(e)
        || (e instanceof SQLException sql
            && sql.getSQLState() != null
            && RECONNECT.contains(sql.getSQLState()));
  }

  private Connection connect() {
    Properties login = new Properties();
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(JdbcCatalog.PROPERTY_PREFIX)) {
            login.setProperty(name.substring(JdbcCatalog.PROPERTY_PREFIX.length()), value);
          }
        });
    PasswordReference.in(properties)
        .ifPresent(reference -> login.setProperty("password", reference.resolve()));
    try {
      return DriverManager.getConnection(url, login);
    } catch (SQLException e) {
      throw new UncheckedSQLException(e, "Cannot connect to the catalog's database at %s", url);
    }
  }
}
