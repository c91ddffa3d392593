package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Contracts whose stage tables the products of another one read. */
public final class Neighbours {
  private Neighbours() {}

  /** The contract itself and its neighbours, of those given. */
  public static List<DataContract> of(DataContract contract, List<DataContract> all) {
    Set<String> ids =
        contract.products().stream()
            .flatMap(product -> product.inputs().stream())
            .flatMap(input -> input.neighbour().stream())
            .map(Product.Neighbour::contract)
            .collect(Collectors.toSet());
    return all.stream().filter(c -> c.id().equals(contract.id()) || ids.contains(c.id())).toList();
  }
}
