package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.catalog.contract.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * What the SQL of a product puts into the columns that leave, whatever the contract says of them.
 * It is analysed on empty tables of the declared columns, so that no row is read and no table needs
 * to exist.
 */
public final class LeavingColumns {
  private final DataContract contract;
  private final Product product;
  private final LogicalPlan plan;

  /**
   * @param rows the product's SQL over {@link EmptyTables}
   */
  LeavingColumns(DataContract contract, Product product, Dataset<Row> rows) {
    this.contract = contract;
    this.product = product;
    this.plan = PlanParts.inlined(rows);
  }

  /** Analyses the product's SQL, which reads nothing but the product's inputs. */
  public static LeavingColumns of(Lake lake, DataContract contract, Product product) {
    Map<String, Dataset<Row>> inputs = new EmptyTables(lake.spark(), contract).inputs(product);
    return new LeavingColumns(
        contract, product, ContractSql.query(lake, inputs, product.sql(), product.parameters()));
  }

  /**
   * Why a column must not leave.
   *
   * @param why one sentence, which names the column
   */
  public record Objection(String column, String why) {}

  /** Columns of the product that are made from tokens or personal values. */
  Set<String> tokens() {
    return CarriedValues.of(plan, InputValues.tokens(contract, product)).names();
  }

  /** What speaks against the export of the product; empty when nothing does. */
  public List<Objection> objections() {
    return product.export().map(this::objections).orElse(List.of());
  }

  private List<Objection> objections(ExportPolicy policy) {
    List<Objection> objections = new ArrayList<>();
    Set<String> tokens = tokens();
    Set<String> keys = CarriedValues.of(plan, InputValues.keys(contract, product)).names();
    for (String column : policy.columns()) {
      if (tokens.contains(column)) {
        objections.add(carries(column, "token"));
      } else if (keys.contains(column)) {
        objections.add(carries(column, "key"));
      }
    }
    if (policy.counted() instanceof Counted.Contributors counted) {
      Set<String> known = objections.stream().map(Objection::column).collect(Collectors.toSet());
      new LeavingCells(contract, product, plan)
          .objections(policy, counted.column()).stream()
              .filter(objection -> !known.contains(objection.column()))
              .forEach(objections::add);
    }
    return objections;
  }

  private static Objection carries(String column, String what) {
    return new Objection(
        column,
        "the SQL puts a "
            + what
            + " into the exported column "
            + column
            + "; tokens and keys never leave, counts of them may");
  }
}
