package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.StageColumn;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks up the tables and columns that a contract declares. */
record TablesOf(DataContract contract) {
  /** Whether SQL of products may read a table of this name. */
  boolean isInput(String table) {
    return contract.stage().name().equals(table) || reference(table).isPresent();
  }

  Optional<ReferenceTable> reference(String name) {
    return contract.references().stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /** The stage column that {@code table.column} names. */
  Optional<StageColumn> stageColumn(String path) {
    String stage = contract.stage().name() + ".";
    return path.startsWith(stage)
        ? contract.stage().column(path.substring(stage.length()))
        : Optional.empty();
  }

  /** Whether {@code table.column} names a column of any table that SQL can see. */
  boolean hasColumn(String path) {
    return columns().anyMatch(path::equals);
  }

  private Stream<String> columns() {
    Stream<String> stage =
        contract.stage().columns().stream()
            .filter(StageColumn::reachesStage)
            .map(c -> contract.stage().name() + "." + c.name());
    Stream<String> references =
        contract.references().stream()
            .flatMap(r -> r.columns().stream().map(c -> r.name() + "." + c.name()));
    Stream<String> products =
        contract.products().stream()
            .flatMap(p -> p.columns().stream().map(c -> p.name() + "." + c.name()));
    return Stream.of(stage, references, products).flatMap(s -> s);
  }
}
