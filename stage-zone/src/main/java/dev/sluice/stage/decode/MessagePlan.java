package dev.sluice.stage.decode;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.StageColumn;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * How the messages of a contract are read, in a form that travels to executors. Several columns may
 * come from one field; then each reads and checks it in its own way.
 */
public final class MessagePlan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** One column: where its value goes, how it is read and what must hold. */
  record Target(int column, String field, ReadValue reader, List<CheckValue> checks)
      implements Serializable {}

  final HashMap<String, ArrayList<Target>> targets = new HashMap<>();
  final String[] fields;
  final boolean[] required;
  final int eventTimeColumn;
  final long earliestMicros;
  final long latestAfterArrivalMicros;
  final int maxDepth;
  final int maxMessageBytes;

  public MessagePlan(DataContract contract) {
    List<StageColumn> columns = contract.stage().columns();
    fields = columns.stream().map(c -> c.source().name()).toArray(String[]::new);
    required = new boolean[columns.size()];
    int eventTime = -1;
    for (int i = 0; i < columns.size(); i++) {
      StageColumn column = columns.get(i);
      boolean isEventTime = column.name().equals(contract.stage().eventTime().column());
      eventTime = isEventTime ? i : eventTime;
      // without its event time a row has no place in stage
      required[i] = column.required() || isEventTime;
      ReadValue reader = ReadValue.of(column.source().type(), column.source().timeFormat());
      targets
          .computeIfAbsent(column.source().name(), name -> new ArrayList<>())
          .add(
              new Target(
                  i,
                  column.source().name(),
                  reader,
                  new ArrayList<>(CheckValue.of(column.source()))));
    }
    if (eventTime < 0) {
      throw new IllegalArgumentException(
          "Contract "
              + contract
              + " names the event time '"
              + contract.stage().eventTime().column()
              + "', which is none of its columns. Correct the contract");
    }
    eventTimeColumn = eventTime;
    earliestMicros = micros(contract.stage().eventTime().earliest());
    latestAfterArrivalMicros =
        contract.stage().eventTime().latestAfterArrival().toSeconds() * 1_000_000L;
    maxDepth = contract.source().maxDepth();
    maxMessageBytes = contract.source().maxMessageBytes();
  }

  /** Microseconds since 1970; unlike {@code ChronoUnit} exact for all years of a table. */
  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  int columns() {
    return fields.length;
  }
}
