package dev.sluice.catalog.publishing;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import dev.sluice.catalog.contract.read.DeclaredContract;
import dev.sluice.catalog.contract.read.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds columns of a product that carry what must not leave, or tokens without being called
 * personal, by what the SQL does and not by what the contract says of it.
 */
record LintTokensInPlan(DeclaredContract declared, Product product) {
  List<Fault> lint(Dataset<Row> rows) {
    LeavingColumns leaving = new LeavingColumns(declared.contract(), product, rows);
    List<Fault> faults = new ArrayList<>();
    leaving.objections().forEach(each -> faults.add(fault(each.column(), each.why())));
    Set<String> exported = product.export().map(e -> Set.copyOf(e.columns())).orElse(Set.of());
    Set<String> tokens = leaving.tokens();
    for (ProductColumn column : product.columns()) {
      if (tokens.contains(column.name())
          && !exported.contains(column.name())
          && column.classification() != Classification.PERSONAL) {
        faults.add(
            fault(
                column.name(),
                "the SQL puts a token into a column that is not personal: "
                    + column.name()
                    + "; tokens and keys never leave, counts of them may"));
      }
    }
    return faults;
  }

  private Fault fault(String column, String message) {
    return declared.places().of("product." + product.name() + ".column." + column).fault(message);
  }
}
