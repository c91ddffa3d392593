package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.Input;
import dev.sluice.catalog.contract.Product.Neighbour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives inputs that name another contract that contract's stage table. Stage tables read no
 * products, so products that read them cannot go in a circle.
 */
record FindNeighbours(List<DeclaredContract> contracts, List<Fault> faults) {

  /** The contracts with all inputs that could be found; a fault for each other one. */
  static List<DeclaredContract> in(List<DeclaredContract> contracts, List<Fault> faults) {
    FindNeighbours find = new FindNeighbours(contracts, faults);
    return contracts.stream().map(c -> c.neighbours().isEmpty() ? c : find.of(c)).toList();
  }

  private DeclaredContract of(DeclaredContract declared) {
    return declared.with(
        declared.contract().products().stream().map(p -> beside(declared, p)).toList());
  }

  private Product beside(DeclaredContract declared, Product product) {
    Map<String, Neighbour> found = new HashMap<>();
    for (Input input : product.inputs()) {
      String id = declared.neighbours().get(product.name() + "." + input.table());
      if (id != null) {
        Optional<DataContract> other =
            contracts.stream()
                .map(DeclaredContract::contract)
                .filter(c -> c.id().equals(id))
                .findFirst();
        Optional<String> wrong = wrong(declared.contract(), input, id, other);
        wrong.ifPresentOrElse(
            message ->
                faults.add(
                    declared
                        .places()
                        .of("product." + product.name() + ".input." + input.table())
                        .fault(message)),
            () -> other.ifPresent(o -> found.put(input.table(), new Neighbour(id, o.stage()))));
      }
    }
    return product.beside(found);
  }

  private static Optional<String> wrong(
      DataContract own, Input input, String id, Optional<DataContract> other) {
    if (own.id().equals(id)) {
      return Optional.of("the input " + input.table() + " is of this contract; delete 'contract'");
    }
    if (other.isEmpty()) {
      return Optional.of("there is no contract '" + id + "' that can be read in this folder");
    }
    String stage = other.get().stage().name();
    if (!stage.equals(input.table())) {
      return Optional.of(
          "of another contract only its stage table can be read; that of "
              + id
              + " is "
              + stage
              + ", not '"
              + input.table()
              + "'");
    }
    if (!other.get().tenants().containsAll(own.tenants())) {
      return Optional.of(
          "the contract "
              + id
              + " must serve every tenant of this one ("
              + own.tenants()
              + "); it serves "
              + other.get().tenants()
              + ", and nothing of one tenant is read for another");
    }
    if (new TablesOf(own).declares(stage)) {
      return Optional.of("the name " + stage + " is also that of a table of this contract");
    }
    return Optional.empty();
  }
}
