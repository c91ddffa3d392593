package dev.sluice.catalog.tables;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection whose pointer swaps are watched; all else goes straight through. */
final class WatchedConnection implements InvocationHandler {
  private final Connection connection;
  private final LookUpSwap lookUp;
  private final Supplier<SwapDoubt> doubt;

  private WatchedConnection(Connection connection, LookUpSwap lookUp, Supplier<SwapDoubt> doubt) {
    this.connection = connection;
    this.lookUp = lookUp;
    this.doubt = doubt;
  }

  static Connection around(Connection connection, LookUpSwap lookUp, Supplier<SwapDoubt> doubt) {
    return (Connection)
        Proxy.newProxyInstance(
            WatchedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new WatchedConnection(connection, lookUp, doubt));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object result = call(connection, method, arguments);
    if (method.getName().equals("prepareStatement")
        && result instanceof PreparedStatement statement
        && arguments != null
        && arguments[0] instanceof String sql) {
      Optional<SwapStatement.Kind> kind = SwapStatement.Kind.of(sql);
      if (kind.isPresent()) {
        return SwapStatement.around(statement, kind.get(), lookUp, doubt.get());
      }
    }
    return result;
  }

  static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }
}
