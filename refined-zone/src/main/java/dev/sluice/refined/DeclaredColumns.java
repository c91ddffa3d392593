package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import dev.sluice.catalog.run.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** Holds the columns that a product's SQL gives against those that its contract declares. */
final class DeclaredColumns {
  private DeclaredColumns() {}

  /**
   * The rows with the declared columns in their order.
   *
   * @throws CannotRefine naming every difference in names and types
   */
  static Dataset<Row> of(Product product, Dataset<Row> rows) {
    List<String> differences = differences(product, rows);
    if (!differences.isEmpty()) {
      throw new CannotRefine(
          FailureKind.SETUP,
          "The SQL of product "
              + product.name()
              + " does not give the columns that the contract declares: "
              + String.join("; ", differences)
              + ". To do: correct the SQL (a cast gives a type) or the declared columns");
    }
    return rows.select(
        product.columns().stream()
            .map(column -> col("`" + column.name() + "`"))
            .toArray(Column[]::new));
  }

  private static List<String> differences(Product product, Dataset<Row> rows) {
    List<String> differences = new ArrayList<>();
    Map<String, String> found = new LinkedHashMap<>();
    for (StructField field : rows.schema().fields()) {
      if (found.put(field.name(), field.dataType().catalogString()) != null) {
        differences.add(field.name() + " is given twice");
      }
    }
    for (ProductColumn column : product.columns()) {
      String expected = DataType.fromDDL(column.type().ddl()).catalogString();
      String type = found.remove(column.name());
      if (type == null) {
        differences.add(column.name() + " " + expected + " is declared and not given");
      } else if (!type.equals(expected)) {
        differences.add(column.name() + " is declared " + expected + " and given as " + type);
      }
    }
    found.forEach(
        (name, type) -> differences.add(name + " " + type + " is given and not declared"));
    return differences;
  }
}
