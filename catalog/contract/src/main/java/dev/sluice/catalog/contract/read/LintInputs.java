package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.Input;
import dev.sluice.catalog.contract.ReferenceTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds inputs of a product that nobody declares, and joins that cannot be followed. */
final class LintInputs {
  private static final Set<Simple> UNFOLLOWED = Set.of(Simple.FLOAT, Simple.DOUBLE, Simple.BINARY);

  private final DeclaredContract declared;
  private final Product product;
  private final TablesOf tables;
  private final List<Fault> faults = new ArrayList<>();

  LintInputs(DeclaredContract declared, Product product) {
    this.declared = declared;
    this.product = product;
    this.tables = new TablesOf(declared.contract());
  }

  List<Fault> lint() {
    Set<String> seen = new HashSet<>();
    if (product.inputs().isEmpty()) {
      add("", "a product reads at least one input");
    }
    for (Input input : product.inputs()) {
      boolean elsewhere = declared.neighbours().containsKey(product.name() + "." + input.table());
      if (!elsewhere && !tables.isInput(input.table())) {
        add(
            ".input." + input.table(),
            "the input '"
                + input.table()
                + "' is neither the stage table nor reference data of this contract; the stage"
                + " table of another one is named with its 'contract'");
      }
      if (!seen.add(input.table())) {
        add(".input." + input.table(), "the input " + input.table() + " stands here twice");
      }
      input.join().ifPresent(join -> join(input, join));
    }
    return faults;
  }

  private void join(Input input, Product.Join join) {
    Optional<ReferenceTable> reference =
        input.neighbour().isPresent() ? Optional.empty() : tables.reference(input.table());
    if (reference.isEmpty() || input.affects().isPresent()) {
      addToJoin(input, "'joins' is for reference data without 'affects'");
      return;
    }
    boolean followed =
        product.inputs().stream()
            .anyMatch(
                i ->
                    i.table().equals(join.table())
                        && i.affects().isPresent()
                        && tables.reference(i.table()).isEmpty());
    if (!followed) {
      addToJoin(input, "'joins' names '" + join.table() + "', which is no input with 'affects'");
    }
    List<String> key = reference.get().key();
    if (join.on().size() != key.size()) {
      addToJoin(
          input, "'on' must have an expression for each of the key columns " + key + ", in order");
    }
    reference.get().columns().stream()
        .filter(c -> key.contains(c.name()) && !isFollowed(c.type()))
        .forEach(
            c ->
                addToJoin(
                    input,
                    "the key column "
                        + c.name()
                        + " is "
                        + c.type().ddl()
                        + ", which cannot be followed; delete 'joins'"));
  }

  private static boolean isFollowed(ColumnType type) {
    return type instanceof ColumnType.Decimal
        || (type instanceof Simple simple && !UNFOLLOWED.contains(simple));
  }

  private void addToJoin(Input input, String message) {
    add(".joins." + input.table(), message);
  }

  private void add(String below, String message) {
    faults.add(declared.places().of("product." + product.name() + below).fault(message));
  }
}
