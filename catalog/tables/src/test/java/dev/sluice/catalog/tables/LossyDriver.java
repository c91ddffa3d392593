package dev.sluice.catalog.tables;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;

/**
 * A JDBC driver for {@code lossy:jdbc:...} that loses the answer to one pointer swap: it is applied
 * (or not, or late), then whatever else the test wants happens, then the connection breaks with a
 * SQLSTATE.
 */
final class LossyDriver implements Driver {
  private static final String PREFIX = "lossy:";
  private static final AtomicReference<Fault> ARMED = new AtomicReference<>();
  private static final AtomicReference<Runnable> LATE = new AtomicReference<>();

  /** A swap on its way to the server. */
  private record Late(String url, String sql, Map<Integer, String> bound, Properties login) {
    void arrive() {
      try (Connection connection = DriverManager.getConnection(url, login);
          PreparedStatement swap = connection.prepareStatement(sql)) {
        for (var parameter : bound.entrySet()) {
          swap.setString(parameter.getKey(), parameter.getValue());
        }
        swap.executeUpdate();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static {
    try {
      DriverManager.registerDriver(new LossyDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What becomes of the statement whose answer is lost. */
  enum Fate {
    APPLIED,
    NEVER_SENT,
    /** The server gets it just before it gets the next swap; what happens meanwhile comes after. */
    LATE
  }

  /** What happens to the next swap. */
  record Fault(String state, Fate fate, Runnable meanwhile) {
    Fault(String state, boolean applied, Runnable meanwhile) {
      this(state, applied ? Fate.APPLIED : Fate.NEVER_SENT, meanwhile);
    }
  }

  static String url(String clean) {
    return PREFIX + clean;
  }

  static void arm(Fault fault) {
    ARMED.set(fault);
  }

  static boolean isArmed() {
    return ARMED.get() != null;
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    String target = url.substring(PREFIX.length());
    Connection clean = DriverManager.getConnection(target, info);
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = call(clean, method, arguments);
          boolean swap =
              result instanceof PreparedStatement
                  && ((String) arguments[0]).startsWith("UPDATE iceberg_tables SET metadata");
          return swap
              ? losing(
                  (PreparedStatement) result,
                  clean,
                  new Late(target, (String) arguments[0], new TreeMap<>(), info))
              : result;
        });
  }

  private static PreparedStatement losing(
      PreparedStatement clean, Connection connection, Late late) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("setString")) {
            late.bound().put((Integer) arguments[0], (String) arguments[1]);
          }
          if (!method.getName().equals("executeUpdate")) {
            return call(clean, method, arguments);
          }
          Runnable arriving = LATE.getAndSet(null);
          if (arriving != null) {
            arriving.run();
          }
          Fault fault = ARMED.getAndSet(null);
          if (fault == null) {
            return call(clean, method, arguments);
          }
          if (fault.fate() == Fate.APPLIED) {
            call(clean, method, arguments);
          }
          if (fault.fate() == Fate.LATE) {
            LATE.set(
                () -> {
                  late.arrive();
                  fault.meanwhile().run();
                });
          } else {
            fault.meanwhile().run();
          }
          connection.abort(Runnable::run);
          throw new SQLException("the answer was lost", fault.state());
        });
  }

  private interface Handler {
    Object on(Object proxy, Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            LossyDriver.class.getClassLoader(), new Class<?>[] {type}, handler::on));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }
}
