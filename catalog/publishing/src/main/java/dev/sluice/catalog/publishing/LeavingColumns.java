package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

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
      ofCells(policy, counted.column()).stream()
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

  private List<Objection> ofCells(ExportPolicy policy, String contributors) {
    List<InputValues> telling = InputValues.telling(contract, product);
    PlainCopies copies = PlainCopies.of(plan, telling);
    Set<String> declared = Set.copyOf(sources(contributors));
    Set<LogicalPlan> cells =
        CellsOfPlan.of(
            plan, contributors, each -> isSubject(copies, each, declared), this::holdsEvents);
    if (cells.isEmpty()) {
      return List.of(
          new Objection(
              contributors,
              "the SQL must give the contributors column "
                  + contributors
                  + " as count(DISTINCT ...) of "
                  + (declared.isEmpty()
                      ? "a column of an input as it is"
                      : String.join(" or ", declared.stream().sorted().toList()))
                  + ", in the aggregate that makes the exported rows; after it, events of no other"
                  + " table may be joined"));
    }
    Set<String> picked = new PickedValues(cells, CarriedValues.of(plan, telling)).names(plan);
    return policy.columns().stream()
        .filter(picked::contains)
        .map(
            column ->
                new Objection(
                    column,
                    "the SQL takes single values of quasi, sensitive or personal columns into the"
                        + " exported column "
                        + column
                        + "; of such, only counts, sums, means and what the rows are grouped by may"
                        + " leave"))
        .toList();
  }

  private List<String> sources(String column) {
    return product.columns().stream()
        .filter(each -> each.name().equals(column))
        .map(ProductColumn::sources)
        .findFirst()
        .orElse(List.of());
  }

  private static boolean isSubject(
      PlainCopies copies, Expression expression, Set<String> declared) {
    Set<String> of = copies.of(expression);
    return declared.isEmpty() ? !of.isEmpty() : of.stream().anyMatch(declared::contains);
  }

  private boolean holdsEvents(LogicalPlan part) {
    Set<String> references =
        contract.references().stream().map(each -> each.name()).collect(Collectors.toSet());
    List<Set<String>> events =
        InputValues.telling(contract, product).stream()
            .filter(input -> !references.contains(input.table()))
            .map(InputValues::columns)
            .toList();
    return PlanParts.nodes(part)
        .filter(LocalRelation.class::isInstance)
        .map(node -> names(CollectionConverters.asJava(node.output()).stream()))
        .anyMatch(events::contains);
  }

  private static Set<String> names(Stream<Attribute> columns) {
    return columns.map(Attribute::name).collect(Collectors.toSet());
  }
}
