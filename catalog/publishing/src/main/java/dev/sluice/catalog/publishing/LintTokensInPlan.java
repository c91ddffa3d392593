package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import dev.sluice.catalog.contract.read.DeclaredContract;
import dev.sluice.catalog.contract.read.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Finds columns of a product that carry values of tokens or keys, by what the SQL does and not by
 * what the contract says of it.
 */
record LintTokensInPlan(DeclaredContract declared, Product product) {
  List<Fault> lint(Dataset<Row> rows) {
    List<Fault> faults = new ArrayList<>();
    LogicalPlan plan = PlanParts.analysed(rows);
    Set<String> tokens = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (StageTable stage : stages()) {
      Set<String> all = names(stage, c -> true);
      tokens.addAll(carrying(plan, all, names(stage, c -> c.privacy().makesToken())));
      keys.addAll(carrying(plan, all, names(stage, c -> c.classification() == Classification.KEY)));
    }
    for (ReferenceTable reference : declared.contract().references()) {
      keys.addAll(
          carrying(
              plan,
              names(reference, c -> true),
              names(reference, c -> c.classification() == Classification.KEY)));
    }
    Set<String> exported = product.export().map(e -> Set.copyOf(e.columns())).orElse(Set.of());
    for (ProductColumn column : product.columns()) {
      boolean leaves = exported.contains(column.name());
      boolean token = tokens.contains(column.name());
      if (leaves && token) {
        faults.add(fault(column, "the SQL puts a token into the exported column "));
      } else if (leaves && keys.contains(column.name())) {
        faults.add(fault(column, "the SQL puts a key into the exported column "));
      } else if (token && column.classification() != Classification.PERSONAL) {
        faults.add(fault(column, "the SQL puts a token into a column that is not personal: "));
      }
    }
    return faults;
  }

  /** Names of the product's columns that carry values of {@code wanted}. */
  private static Set<String> carrying(LogicalPlan plan, Set<String> table, Set<String> wanted) {
    CarriedValues carried = CarriedValues.of(plan, table, wanted);
    return carried.outputs().stream()
        .filter(carried::reach)
        .map(Attribute::name)
        .collect(Collectors.toSet());
  }

  /** The contract's own, and those of other contracts that the product reads. */
  private List<StageTable> stages() {
    List<StageTable> stages = new ArrayList<>(List.of(declared.contract().stage()));
    product.inputs().stream()
        .flatMap(input -> input.neighbour().stream())
        .forEach(neighbour -> stages.add(neighbour.stage()));
    return stages;
  }

  private static Set<String> names(StageTable stage, Predicate<StageColumn> kind) {
    return stage.columns().stream()
        .filter(StageColumn::reachesStage)
        .filter(kind)
        .map(StageColumn::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> names(
      ReferenceTable reference, Predicate<ReferenceTable.Column> kind) {
    return reference.columns().stream()
        .filter(kind)
        .map(ReferenceTable.Column::name)
        .collect(Collectors.toSet());
  }

  private Fault fault(ProductColumn column, String message) {
    return declared
        .places()
        .of("product." + product.name() + ".column." + column.name())
        .fault(message + column.name() + "; tokens and keys never leave, counts of them may");
  }
}
