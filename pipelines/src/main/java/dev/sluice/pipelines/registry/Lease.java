package dev.sluice.pipelines.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A held lease; renewed by itself until closed. */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final Connection connection;
  private final String name;
  private final String holder;
  private final Duration lifetime;
  private final ScheduledExecutorService renewals;

  Lease(Connection connection, String name, String holder, Duration lifetime) {
    this.connection = connection;
    this.name = name;
    this.holder = holder;
    this.lifetime = lifetime;
    this.renewals = Executors.newSingleThreadScheduledExecutor(Lease::daemon);
    long pause = Math.max(1, lifetime.toMillis() / 3);
    var unused = renewals.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE sluice.lease SET expires_at = now() + make_interval(secs => ?) WHERE name = ?"
                + " AND holder = ?")) {
      statement.setDouble(1, lifetime.toMillis() / 1000.0);
      statement.setString(2, name);
      statement.setString(3, holder);
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.warn("The lease {} could not be renewed; the work goes on, the guard decides", name, e);
    }
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    renewals.shutdownNow();
    try (connection;
        PreparedStatement statement =
            connection.prepareStatement("DELETE FROM sluice.lease WHERE name = ? AND holder = ?")) {
      statement.setString(1, name);
      statement.setString(2, holder);
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.warn("The lease {} could not be given back; it ends by itself", name, e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sluice-lease");
    thread.setDaemon(true);
    return thread;
  }
}
