package dev.sluice.catalog.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A refined table: SQL over stage and reference data, recomputed by partition.
 *
 * @param sql one SELECT; tables go by their contract names, parameters as {@code :name}
 * @param partition the column whose values are recomputed, overwritten and exported as wholes
 */
public record Product(
    String name,
    String sql,
    Map<String, Object> parameters,
    List<Input> inputs,
    String partition,
    List<ProductColumn> columns,
    List<SetRule> setRules,
    Optional<ExportPolicy> export) {

  public Product {
    parameters = Map.copyOf(parameters);
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
    setRules = List.copyOf(setRules);
  }

  /**
   * A table the SQL reads.
   *
   * @param table contract name of a stage or reference table
   * @param affects SQL over the input's columns that gives the value of the product's partition
   *     column to which an input row contributes; empty when any row may change all of it; the
   *     product's parameters stand in it as {@code :name}, as in its SQL
   */
  public record Input(String table, Optional<String> affects) {}

  /** One column of a product. */
  public record ProductColumn(
      String name,
      ColumnType type,
      boolean required,
      boolean key,
      Classification classification,
      String description) {}
}
