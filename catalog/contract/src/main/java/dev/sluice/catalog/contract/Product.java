package dev.sluice.catalog.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A refined table: SQL over stage and reference data, recomputed by partition.
 *
 * @param sql one SELECT; tables go by their contract names, parameters as {@code :name}
 * @param partition the column whose values are recomputed, overwritten and exported as wholes
 * @param dropUnusedAfter when a product that can be made again is dropped if nobody uses it; empty
 *     for one that stays
 */
public record Product(
    String name,
    String sql,
    Map<String, Object> parameters,
    List<Input> inputs,
    String partition,
    List<ProductColumn> columns,
    List<SetRule> setRules,
    Optional<ExportPolicy> export,
    Optional<Duration> dropUnusedAfter) {

  /** A product that stays. */
  public Product(
      String name,
      String sql,
      Map<String, Object> parameters,
      List<Input> inputs,
      String partition,
      List<ProductColumn> columns,
      List<SetRule> setRules,
      Optional<ExportPolicy> export) {
    this(name, sql, parameters, inputs, partition, columns, setRules, export, Optional.empty());
  }

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
   *     product's parameters stand in it as {@code :name}, as in its SQL. Of reference data it uses
   *     key columns only
   * @param join how reference data reach the product's partitions, where they have no {@code
   *     affects} of their own
   * @param neighbour the contract that declares the table; empty for the product's own contract
   */
  public record Input(
      String table, Optional<String> affects, Optional<Join> join, Optional<Neighbour> neighbour) {

    /** A table of the product's own contract. */
    public Input(String table, Optional<String> affects) {
      this(table, affects, Optional.empty(), Optional.empty());
    }

    Input of(Neighbour declaring) {
      return new Input(table, affects, join, Optional.of(declaring));
    }
  }

  /**
   * Reference data that the SQL joins to another input by their whole key and in no other way, so
   * that a changed row of theirs changes what the rows with its key contribute to.
   *
   * @param table contract name of the input they are joined to, which has {@code affects}
   * @param on SQL over one row of that input for each key column of the reference data, in the
   *     key's order
   */
  public record Join(String table, List<String> on) {
    public Join {
      on = List.copyOf(on);
    }
  }

  /** The stage table of another contract that serves the same tenants. */
  public record Neighbour(String contract, StageTable stage) {}

  /** The product with the contracts that declare its foreign inputs, by the inputs' tables. */
  public Product beside(Map<String, Neighbour> neighbours) {
    return new Product(
        name,
        sql,
        parameters,
        inputs.stream()
            .map(
                input ->
                    Optional.ofNullable(neighbours.get(input.table())).map(input::of).orElse(input))
            .toList(),
        partition,
        columns,
        setRules,
        export,
        dropUnusedAfter);
  }

  /**
   * One column of a product.
   *
   * @param sources columns of inputs, as {@code table.column}, from which it comes by declaration
   */
  public record ProductColumn(
      String name,
      ColumnType type,
      boolean required,
      boolean key,
      ColumnClasses classes,
      String description,
      List<String> sources) {
    public ProductColumn {
      sources = List.copyOf(sources);
    }

    /** A column of one classification. */
    public ProductColumn(
        String name,
        ColumnType type,
        boolean required,
        boolean key,
        Classification classification,
        String description) {
      this(name, type, required, key, ColumnClasses.of(classification), description, List.of());
    }

    /** The most telling one of its parts. */
    public Classification classification() {
      return classes.mostTelling();
    }
  }
}
