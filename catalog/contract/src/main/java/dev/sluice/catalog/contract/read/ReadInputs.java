package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a product reads.
 *
 * @param part the product's path in {@link Places}
 */
record ReadInputs(Draft draft, String part) {

  List<Product.Input> of(Section product) {
    product.must("inputs", product.value("inputs"));
    List<Product.Input> inputs = new ArrayList<>();
    for (Section input : product.sections("inputs")) {
      Optional<String> contract = input.has("contract") ? dashed(input) : Optional.empty();
      Optional<String> table = input.must("table", input.text("table"));
      Optional<String> affects = input.text("affects");
      Optional<Product.Join> join = input.section("joins").flatMap(ReadInputs::join);
      input.done();
      table.ifPresent(
          t -> {
            draft.place(part + ".input." + t, input.line("table"));
            draft.place(part + ".affects." + t, input.line("affects"));
            draft.place(part + ".joins." + t, input.line("joins"));
            contract.ifPresent(
                c -> draft.neighbour(part.substring(part.indexOf('.') + 1) + "." + t, c));
            inputs.add(new Product.Input(t, affects, join, Optional.empty()));
          });
    }
    return inputs;
  }

  private static Optional<String> dashed(Section input) {
    return Names.dashed(input, "contract");
  }

  private static Optional<Product.Join> join(Section joins) {
    Optional<String> table = joins.must("table", joins.text("table"));
    joins.must("on", joins.value("on"));
    List<String> on = joins.texts("on");
    joins.done();
    return table.map(t -> new Product.Join(t, on));
  }
}
