package dev.sluice.stage.decode;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.CsvForm;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DropFolder;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.StageColumn;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the messages of a contract are read, in a form that travels to executors. Several columns may
 * come from one field; then each reads and checks it in its own way.
 */
public final class MessagePlan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** One column: where its value goes, how it is read and what must hold. */
  record Target(int column, String field, ReadValue reader, List<CheckValue> checks)
      implements Serializable {}

  final Fields message = Fields.ofMessage();

  /** Paths of the parts of objects that some column reads. */
  final HashSet<String> parts = new HashSet<>();

  final String[] fields;
  final boolean[] required;
  final int eventTimeColumn;
  final long earliestMicros;
  final long latestAfterArrivalMicros;
  final HashSet<String> nulls;
  final int maxDepth;
  final int maxMessageBytes;
  final @Nullable ProducerPlans producers;

  /** How messages of every producer are read. */
  public MessagePlan(DataContract contract) {
    this(
        contract,
        null,
        contract.evolution().producers().map(p -> new ProducerPlans(p, contract)).orElse(null));
  }

  /**
   * How messages of one version are read.
   *
   * @param version columns that are read in other versions only are left null
   */
  static MessagePlan ofVersion(DataContract contract, String version) {
    return new MessagePlan(contract, version, null);
  }

  private MessagePlan(
      DataContract contract, @Nullable String version, @Nullable ProducerPlans producers) {
    this.producers = producers;
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
      List<String> versions = column.source().versions();
      if (version == null || versions.isEmpty() || versions.contains(version)) {
        addTargets(i, column.source());
      }
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
    nulls =
        new HashSet<>(
            contract.source().folder().map(DropFolder::csv).orElse(CsvForm.USUAL).nulls());
    maxDepth = contract.source().maxDepth();
    maxMessageBytes = contract.source().maxMessageBytes();
  }

  private void addTargets(int column, SourceField field) {
    ReadValue reader = ReadValue.of(field.type(), field.timeFormat(), field.name());
    Target target = new Target(column, field.name(), reader, new ArrayList<>(CheckValue.of(field)));
    add(field.name(), target, field.type());
    for (String alias : field.aliases()) {
      add(alias, target, field.type());
    }
  }

  private void add(String name, Target target, ColumnType type) {
    message.add(name, target);
    List<String> steps = SourceField.steps(name);
    for (int i = 2; i <= steps.size(); i++) {
      parts.add(String.join(".", steps.subList(0, i)));
    }
    addParts(name, type);
  }

  private void addParts(String path, ColumnType type) {
    if (type instanceof ColumnType.Array list) {
      addParts(path, list.element());
    } else if (type instanceof ColumnType.Struct object) {
      for (ColumnType.Field part : object.fields()) {
        String name = path + "." + part.name();
        parts.add(name);
        addParts(name, part.type());
      }
    }
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
