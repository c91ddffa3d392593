package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.Input;
import dev.sluice.catalog.contract.Product.ProductColumn;
import dev.sluice.catalog.contract.StageColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what is wrong within a product: inputs, parameters, partition and origins of columns. */
final class LintProduct {
  private static final Set<Simple> PARTITION_TYPES =
      Set.of(
          Simple.BOOLEAN, Simple.INT, Simple.BIGINT, Simple.STRING, Simple.DATE, Simple.TIMESTAMP);

  private final DeclaredContract declared;
  private final Product product;
  private final String part;
  private final TablesOf tables;
  private final List<Fault> faults = new ArrayList<>();

  LintProduct(DeclaredContract declared, Product product) {
    this.declared = declared;
    this.product = product;
    this.part = "product." + product.name();
    this.tables = new TablesOf(declared.contract());
  }

  List<Fault> lint() {
    faults.addAll(new LintInputs(declared, product).lint());
    parameters();
    partition();
    product.columns().forEach(this::origin);
    LintStage.ruleIds(product.setRules(), part, declared.places(), faults);
    return faults;
  }

  private void add(String below, String message) {
    faults.add(declared.places().of(part + below).fault(message));
  }

  private void parameters() {
    Set<String> used = new TreeSet<>(new SqlText(product.sql()).parameters());
    for (Input input : product.inputs()) {
      input.affects().ifPresent(sql -> used.addAll(new SqlText(sql).parameters()));
      input
          .join()
          .ifPresent(j -> j.on().forEach(sql -> used.addAll(new SqlText(sql).parameters())));
    }
    for (String name : used) {
      if (!product.parameters().containsKey(name)) {
        add(".sql", "the SQL uses the parameter :" + name + ", which the contract does not give");
      }
    }
    for (String name : product.parameters().keySet()) {
      if (!used.contains(name) && !product.sql().isEmpty()) {
        add(".parameters", "the parameter " + name + " is given, but the SQL does not use it");
      }
    }
  }

  private void partition() {
    if (product.partition().isEmpty()) {
      return; // a fault of reading
    }
    Optional<ProductColumn> column =
        product.columns().stream().filter(c -> c.name().equals(product.partition())).findFirst();
    if (column.isEmpty()) {
      add(".partition", "the partition '" + product.partition() + "' is no column of the product");
    } else if (!column.get().required()
        || !(column.get().type() instanceof Simple simple)
        || !PARTITION_TYPES.contains(simple)) {
      add(
          ".partition",
          "the partition "
              + product.partition()
              + " must be a required column of boolean, int, long, string, date or timestamptz");
    }
  }

  /** Columns that come from tokens are personal too, unless they only count them. */
  private void origin(ProductColumn column) {
    DeclaredContract.Origin origin = declared.origin(product.name(), column.name());
    for (String source : origin.sources()) {
      boolean isInput = product.inputs().stream().anyMatch(i -> source.startsWith(i.table() + "."));
      if (!isInput || !tables.hasColumn(source)) {
        add(
            ".column." + column.name(),
            "column " + column.name() + " comes from '" + source + "', which no input has");
      }
      Optional<StageColumn> token =
          tables.stageColumn(source).filter(c -> c.privacy().makesToken());
      if (token.isPresent()
          && column.classification() != Classification.PERSONAL
          && !CountedOnly.of(origin, source)) {
        add(
            ".column." + column.name(),
            "column "
                + column.name()
                + " comes from the token "
                + source
                + ", so it is personal, unless its transformLogic is count(distinct "
                + token.get().name()
                + ")");
      }
    }
  }
}
