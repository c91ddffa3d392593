package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks up the tables and columns that a contract declares or its products read. */
record TablesOf(DataContract contract) {
  /** Whether the contract itself declares a table of this name. */
  boolean declares(String table) {
    return isInput(table) || contract.product(table).isPresent();
  }

  /** Whether SQL of products may read a table of this contract by this name. */
  boolean isInput(String table) {
    return contract.stage().name().equals(table) || reference(table).isPresent();
  }

  Optional<ReferenceTable> reference(String name) {
    return contract.references().stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** The contract's own stage table and those of other contracts that its products read. */
  Stream<StageTable> stages() {
    return Stream.concat(
        Stream.of(contract.stage()),
        contract.products().stream()
            .flatMap(p -> p.inputs().stream())
            .flatMap(i -> i.neighbour().stream())
            .map(Product.Neighbour::stage)
            .distinct());
  }

  /** The stage column that {@code table.column} names. */
  Optional<StageColumn> stageColumn(String path) {
    return stages()
        .filter(stage -> path.startsWith(stage.name() + "."))
        .flatMap(stage -> stage.column(path.substring(stage.name().length() + 1)).stream())
        .findFirst();
  }

  /** Whether {@code table.column} names a column of any table that SQL can see. */
  boolean hasColumn(String path) {
    return columns().anyMatch(path::equals);
  }

  private Stream<String> columns() {
    Stream<String> stages =
        stages()
            .flatMap(
                stage ->
                    stage.columns().stream()
                        .filter(StageColumn::reachesStage)
                        .map(c -> stage.name() + "." + c.name()));
    Stream<String> references =
        contract.references().stream()
            .flatMap(r -> r.columns().stream().map(c -> r.name() + "." + c.name()));
    Stream<String> products =
        contract.products().stream()
            .flatMap(p -> p.columns().stream().map(c -> p.name() + "." + c.name()));
    return Stream.of(stages, references, products).flatMap(s -> s);
  }
}
