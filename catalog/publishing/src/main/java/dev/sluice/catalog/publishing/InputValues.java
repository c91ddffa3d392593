package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A table that SQL of a product may read, and values of it that are followed through the SQL.
 *
 * @param table its contract name
 * @param columns all its columns, by which it is told from others in a plan
 * @param wanted whether values of a part of a column are followed: the column's name and the part's
 *     path, empty for the whole column
 */
record InputValues(String table, Set<String> columns, BiPredicate<String, String> wanted) {
  private static final Set<Classification> TELLING =
      EnumSet.of(Classification.QUASI, Classification.SENSITIVE, Classification.PERSONAL);

  /** Tokens, and personal values where a table should have none. */
  static List<InputValues> tokens(DataContract contract, Product product) {
    return of(
        contract,
        product,
        (column, path) -> column.privacy().makesToken(),
        (column, path) -> column.classes().hasAt(path, Classification.PERSONAL::equals));
  }

  /** What identifies a thing or an event. */
  static List<InputValues> keys(DataContract contract, Product product) {
    return classes(contract, product, Classification.KEY::equals);
  }

  /** What says something of whom an event is about. */
  static List<InputValues> telling(DataContract contract, Product product) {
    return classes(contract, product, TELLING::contains);
  }

  private static List<InputValues> classes(
      DataContract contract, Product product, Predicate<Classification> such) {
    return of(
        contract,
        product,
        (column, path) -> column.classes().hasAt(path, such),
        (column, path) -> column.classes().hasAt(path, such));
  }

  private static List<InputValues> of(
      DataContract contract,
      Product product,
      BiPredicate<StageColumn, String> ofStage,
      BiPredicate<ReferenceTable.Column, String> ofReference) {
    List<InputValues> inputs = new ArrayList<>();
    inputs.add(of(contract.stage(), ofStage));
    product.inputs().stream()
        .flatMap(input -> input.neighbour().stream())
        .forEach(neighbour -> inputs.add(of(neighbour.stage(), ofStage)));
    for (ReferenceTable reference : contract.references()) {
      inputs.add(
          of(reference.name(), reference.columns(), ReferenceTable.Column::name, ofReference));
    }
    return inputs;
  }

  private static InputValues of(StageTable stage, BiPredicate<StageColumn, String> wanted) {
    return of(
        stage.name(),
        stage.columns().stream().filter(StageColumn::reachesStage).toList(),
        StageColumn::name,
        wanted);
  }

  private static <C> InputValues of(
      String table, List<C> columns, Function<C, String> name, BiPredicate<C, String> wanted) {
    Map<String, C> byName = columns.stream().collect(Collectors.toMap(name, c -> c));
    return new InputValues(
        table,
        byName.keySet(),
        (column, path) -> {
          C found = byName.get(column);
          return found != null && wanted.test(found, path);
        });
  }
}
