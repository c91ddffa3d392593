package dev.sluice.catalog.tables;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A statement that swaps, or first sets, a table's pointer; it remembers what it was given. */
final class SwapStatement implements InvocationHandler {
  private static final int LOST = 0;
  private final PreparedStatement statement;
  private final Kind kind;
  private final LookUpSwap lookUp;
  private final SwapDoubt doubt;
  private final Map<Integer, String> bound = new TreeMap<>();

  /** Which statement it is, and where its parameters stand. */
  enum Kind {
    /** {@code UPDATE .. SET metadata_location=?1, previous=?2 WHERE catalog=?3 ns=?4 name=?5}. */
    SWAP,
    /** {@code INSERT .. VALUES (catalog=?1, ns=?2, name=?3, metadata_location=?4, ..)}. */
    CREATE;

    static Optional<Kind> of(String sql) {
      String text = sql.stripLeading().toLowerCase(Locale.ROOT);
      if (text.startsWith("update iceberg_tables set metadata_location")) {
        return Optional.of(SWAP);
      }
      return text.startsWith("insert into iceberg_tables") ? Optional.of(CREATE) : Optional.empty();
    }
  }

  private SwapStatement(
      PreparedStatement statement, Kind kind, LookUpSwap lookUp, SwapDoubt doubt) {
    this.statement = statement;
    this.kind = kind;
    this.lookUp = lookUp;
    this.doubt = doubt;
  }

  static PreparedStatement around(
      PreparedStatement statement, Kind kind, LookUpSwap lookUp, SwapDoubt doubt) {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            SwapStatement.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            new SwapStatement(statement, kind, lookUp, doubt));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("executeUpdate") && arguments == null) {
      return execute();
    }
    if (method.getName().equals("setString") && arguments != null) {
      bound.put((Integer) arguments[0], (String) arguments[1]);
    }
    return WatchedConnection.call(statement, method, arguments);
  }

  private int execute() throws SQLException {
    int rows;
    try {
      rows = statement.executeUpdate();
    } catch (SQLException e) {
      if (!LookUpSwap.losesTheAnswer(e)) {
        throw e;
      }
      return afterLostAnswer(e);
    }
    // No row matched although this swap was sent before: it may have been applied late.
    return rows == LOST && doubt.wasSentBefore() ? afterLateArrival() : rows;
  }

  private int afterLostAnswer(SQLException lost) throws SQLException {
    doubt.sent();
    return switch (lookUp.state(swap())) {
      case APPLIED -> 1;
      case NOT_APPLIED -> throw lost;
      case UNDECIDED -> throw doubt.undecided(LookUpSwap.undecided(swap(), lost));
    };
  }

  private int afterLateArrival() throws SQLException {
    return switch (lookUp.state(swap())) {
      case APPLIED -> 1;
      case NOT_APPLIED -> LOST;
      case UNDECIDED ->
          throw doubt.undecided(
              LookUpSwap.undecided(swap(), new SQLException("the swap was sent twice")));
    };
  }

  private LookUpSwap.Swap swap() {
    int place = kind == Kind.SWAP ? 3 : 1;
    return new LookUpSwap.Swap(
        text(place),
        text(place + 1),
        text(place + 2),
        text(kind == Kind.SWAP ? 1 : 4),
        kind == Kind.SWAP ? Optional.of(text(2)) : Optional.empty());
  }

  private String text(int place) {
    String value = bound.get(place);
    if (value == null) {
      throw new IllegalStateException(
          "The swap's parameter "
              + place
              + " was not set as text; has Iceberg's statement changed?");
    }
    return value;
  }
}
