package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.MeasureSetRules;
import dev.sluice.catalog.run.RuleResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Looks at a product as it would be after publishing, beside its inputs at the snapshots that it
 * was computed from.
 */
record AuditProduct(
    Lake lake, Product product, String table, String branch, List<ProductInput> inputs) {
  private static final int SAMPLE = 10;

  /** All set rules of the product. */
  List<RuleResult> results() {
    Map<String, Dataset<Row>> views = new HashMap<>();
    inputs.forEach(input -> views.put(input.declared().table(), input.rows(lake)));
    views.put(product.name(), lake.readBranch(table, branch));
    return MeasureSetRules.on(lake, product.setRules(), product.name(), views);
  }

  /** At most ten of the rows that would be published, as JSON. */
  List<String> sample(long edition) {
    Column[] columns =
        product.columns().stream()
            .map(column -> col("`" + column.name() + "`"))
            .toArray(Column[]::new);
    return lake.readBranch(table, branch)
        .where(col(Lake.EDITION).equalTo(edition))
        .limit(SAMPLE)
        .select(to_json(struct(columns)))
        .as(Encoders.STRING())
        .collectAsList();
  }
}
