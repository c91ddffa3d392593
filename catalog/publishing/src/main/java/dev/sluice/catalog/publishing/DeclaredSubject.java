package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a product counts by what its contract says: columns of inputs, one of which must be counted.
 *
 * @param columns as {@code table.column}; empty when the contract names none, so that any will do
 * @param methods what happened to the values of each column of the inputs before they came to stage
 */
record DeclaredSubject(Set<String> columns, Map<String, PrivacyMethod> methods) {

  /**
   * @param contributors the product's column that holds the count
   */
  static DeclaredSubject of(DataContract contract, Product product, String contributors) {
    Map<String, PrivacyMethod> methods = new HashMap<>();
    contract
        .references()
        .forEach(
            table ->
                table
                    .columns()
                    .forEach(
                        column ->
                            methods.put(
                                table.name() + "." + column.name(), new PrivacyMethod.Keep())));
    product.inputs().stream()
        .flatMap(input -> input.neighbour().stream())
        .forEach(neighbour -> methods.putAll(methods(neighbour.stage())));
    methods.putAll(methods(contract.stage()));
    return new DeclaredSubject(
        product.columns().stream()
            .filter(column -> column.name().equals(contributors))
            .map(ProductColumn::sources)
            .flatMap(List::stream)
            .collect(Collectors.toSet()),
        methods);
  }

  private static Map<String, PrivacyMethod> methods(StageTable stage) {
    Map<String, PrivacyMethod> methods = new HashMap<>();
    stage
        .columns()
        .forEach(column -> methods.put(stage.name() + "." + column.name(), column.privacy()));
    return methods;
  }

  /**
   * Whether values from these places are subjects, each under one value: from everywhere a declared
   * column comes, and none as a token of another domain or kind, by which the same person would
   * count twice.
   *
   * @param places see {@link PlainCopies#of}
   */
  boolean isIn(Set<Set<String>> places) {
    List<Set<String>> subjects = places.stream().map(this::declared).toList();
    return subjects.stream().noneMatch(Set::isEmpty)
        && subjects.stream().flatMap(Set::stream).map(methods::get).distinct().count() == 1;
  }

  private Set<String> declared(Set<String> place) {
    return place.stream()
        .filter(column -> columns.isEmpty() || columns.contains(column))
        .collect(Collectors.toSet());
  }

  /** The columns in words. */
  String said() {
    return columns.isEmpty()
        ? "a column of an input as it is"
        : String.join(" or ", columns.stream().sorted().toList());
  }
}
