package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.contract.RowRule;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.read.DeclaredContract;
import dev.sluice.catalog.contract.read.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Analyses all SQL of contracts against empty tables of the declared schemas: what does not
 * analyse, reads what it may not, gives other columns than declared, or would let a token out. No
 * table needs to exist.
 */
public final class AnalyseContractSql {
  private final DeclaredContract declared;
  private final EmptyTables tables;
  private final List<Fault> faults = new ArrayList<>();
  private final AnalyseOne one;

  private AnalyseContractSql(SparkSession spark, DeclaredContract declared) {
    this.declared = declared;
    this.tables = new EmptyTables(spark, declared.contract());
    this.one = new AnalyseOne(new Lake(spark), declared.places(), faults);
  }

  /** Everything that is wrong with the SQL of these contracts, with file and line. */
  public static List<Fault> analyse(SparkSession spark, List<DeclaredContract> contracts) {
    List<Fault> all = new ArrayList<>();
    for (DeclaredContract declared : contracts) {
      AnalyseContractSql analysis = new AnalyseContractSql(spark, declared);
      analysis.stage();
      declared.contract().products().forEach(analysis::product);
      all.addAll(analysis.faults);
    }
    return all;
  }

  private void add(String part, String message) {
    faults.add(declared.places().of(part).fault(message));
  }

  private void stage() {
    DataContract contract = declared.contract();
    for (RowRule rule : contract.stage().rowRules()) {
      expression(
          "stage.rowRule." + rule.id(), rule.expression(), tables.clear(), "boolean", Map.of());
    }
    for (SetRule rule : contract.stage().setRules()) {
      setRule("stage", rule, contract.stage().name(), tables.besideStage());
    }
  }

  private void product(Product product) {
    String part = "product." + product.name();
    Map<String, Dataset<Row>> inputs = tables.inputs(product);
    if (!product.sql().isBlank()) {
      one.query(part + ".sql", product.sql(), inputs, product.parameters())
          .ifPresent(rows -> columns(part, product, rows));
    }
    Optional<String> partition =
        product.columns().stream()
            .filter(c -> c.name().equals(product.partition()))
            .map(c -> catalogString(c.type().ddl()))
            .findFirst();
    for (Product.Input input : product.inputs()) {
      Dataset<Row> rows = reference(input).map(tables::key).orElse(inputs.get(input.table()));
      if (input.affects().isPresent() && rows != null && partition.isPresent()) {
        expression(
            part + ".affects." + input.table(),
            input.affects().get(),
            rows,
            partition.get(),
            product.parameters());
      }
      input.join().ifPresent(join -> join(part, product, input, inputs.get(join.table())));
    }
    inputs.put(product.name(), tables.product(product));
    product.setRules().forEach(rule -> setRule(part, rule, product.name(), inputs));
  }

  private Optional<ReferenceTable> reference(Product.Input input) {
    return declared.contract().references().stream()
        .filter(r -> input.neighbour().isEmpty() && r.name().equals(input.table()))
        .findFirst();
  }

  /** Each expression must give what the key column holds, or rows would be missed. */
  private void join(
      String part, Product product, Product.Input input, @Nullable Dataset<Row> joined) {
    Optional<ReferenceTable> reference = reference(input);
    if (reference.isEmpty() || joined == null) {
      return; // a fault that shows without analysis
    }
    List<String> on = input.join().map(Product.Join::on).orElse(List.of());
    List<String> key = reference.get().key();
    for (int i = 0; i < Math.min(on.size(), key.size()); i++) {
      String column = key.get(i);
      String wanted =
          reference.get().columns().stream()
              .filter(c -> c.name().equals(column))
              .map(c -> catalogString(c.type().ddl()))
              .findFirst()
              .orElse("");
      expression(part + ".joins." + input.table(), on.get(i), joined, wanted, product.parameters());
    }
  }

  /** The columns must be those declared, and those from tokens must be known as such. */
  private void columns(String part, Product product, Dataset<Row> rows) {
    List<String> given = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      given.add(field.name() + " " + field.dataType().catalogString());
    }
    List<String> wanted =
        product.columns().stream()
            .map(c -> c.name() + " " + catalogString(c.type().ddl()))
            .toList();
    if (!given.stream().sorted().toList().equals(wanted.stream().sorted().toList())) {
      List<String> notDeclared = new ArrayList<>(given);
      wanted.forEach(notDeclared::remove);
      List<String> notGiven = new ArrayList<>(wanted);
      given.forEach(notGiven::remove);
      add(
          part + ".sql",
          "the SQL must give the declared columns; it gives "
              + notDeclared
              + ", which are not declared, and lacks "
              + notGiven);
    }
    new LintTokensInPlan(declared, product).lint(rows).forEach(faults::add);
  }

  private void expression(
      String part,
      String expression,
      Dataset<Row> rows,
      String wanted,
      Map<String, Object> parameters) {
    // The line break ends a comment at the end of the expression.
    String sql = "SELECT (" + expression + "\n) AS value FROM input";
    one.query(part, sql, Map.of("input", rows), parameters)
        .ifPresent(
            result -> {
              List<String> types =
                  Stream.of(result.schema().fields())
                      .map(field -> field.dataType().catalogString())
                      .toList();
              if (!types.equals(List.of(wanted))) {
                String given = String.join(", ", types);
                add(part, "the expression must give " + wanted + "; it gives " + given);
              }
              if (!PlanParts.isRowByRow(result)) {
                add(part, "the expression must be about one row, without aggregates or windows");
              }
            });
  }

  private void setRule(String table, SetRule rule, String object, Map<String, Dataset<Row>> views) {
    String part = table + ".setRule." + rule.id();
    String sql = rule.query().replace("{object}", ContractSql.quoted(object));
    one.query(part, sql, views, Map.of())
        .ifPresent(
            result -> {
              StructField[] fields = result.schema().fields();
              if (fields.length != 1 || !(fields[0].dataType() instanceof NumericType)) {
                add(
                    part,
                    "the rule "
                        + rule.id()
                        + " must give one number; it gives "
                        + result.schema().catalogString());
              }
            });
  }

  private static String catalogString(String ddl) {
    return DataType.fromDDL(ddl).catalogString();
  }
}
