package dev.sluice.catalog.contract;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The conformed table of a data set.
 *
 * @param name table name in the stage namespace, also the name SQL uses for it
 * @param duplicatesWithin rows with equal business keys this close in event time are one event
 * @param partitioning Iceberg transforms such as {@code days(detected_at)}
 */
public record StageTable(
    String name,
    List<StageColumn> columns,
    EventTime eventTime,
    Duration duplicatesWithin,
    List<String> partitioning,
    List<String> sortedBy,
    List<RowRule> rowRules,
    List<SetRule> setRules) {

  public StageTable {
    columns = List.copyOf(columns);
    partitioning = List.copyOf(partitioning);
    sortedBy = List.copyOf(sortedBy);
    rowRules = List.copyOf(rowRules);
    setRules = List.copyOf(setRules);
  }

  /** The columns of the business key in their order. */
  public List<StageColumn> key() {
    return columns.stream()
        .filter(StageColumn::isKey)
        .sorted(Comparator.comparingInt(StageColumn::keyPosition))
        .toList();
  }

  public Optional<StageColumn> column(String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
