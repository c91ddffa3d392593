package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.MeasureSetRules;
import dev.sluice.catalog.run.RuleResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Looks at a product as it would be after publishing, beside its inputs at the snapshots that it
 * was computed from. Partitions that are settled, and what is left of the rows they were made of,
 * are out of sight: no rule could compare the two.
 */
record AuditProduct(
    Lake lake,
    Product product,
    String table,
    String branch,
    List<ProductInput> inputs,
    Settled settled) {
  private static final int SAMPLE = 10;

  /** All set rules of the product. */
  List<RuleResult> results() {
    return measured(
        product.setRules(), lake.readBranch(table, branch).where(settled.isOpen()), this::open);
  }

  /**
   * All set rules of the product, where what other partitions lack does not count against these: a
   * rule that blocks and breaks on the whole is measured on the recomputed partitions and the input
   * rows that contribute to them, and holds if it holds there.
   */
  List<RuleResult> resultsFor(Touched recomputed, PartitionValues values) {
    List<RuleResult> whole = results();
    if (recomputed.all() || whole.stream().allMatch(rule -> rule.held() || !rule.blocks())) {
      return whole;
    }
    List<RuleResult> part =
        measured(
            product.setRules(),
            lake.readBranch(table, branch).where(values.isOneOf(recomputed.partitions())),
            input -> contributing(input, recomputed, values));
    List<RuleResult> results = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      RuleResult rule = whole.get(i);
      results.add(rule.blocks() && !rule.held() ? part.get(i) : rule);
    }
    return results;
  }

  private Dataset<Row> contributing(
      ProductInput input, Touched recomputed, PartitionValues values) {
    return new ComputeProduct(lake, product, values).contributing(input, recomputed);
  }

  private List<RuleResult> measured(
      List<SetRule> rules, Dataset<Row> object, Function<ProductInput, Dataset<Row>> rows) {
    Map<String, Dataset<Row>> views = new HashMap<>();
    inputs.forEach(input -> views.put(input.declared().table(), rows.apply(input)));
    views.put(product.name(), object);
    return MeasureSetRules.on(lake, rules, product.name(), views);
  }

  private Dataset<Row> open(ProductInput input) {
    if (settled.isEmpty() || input.declared().affects().isEmpty()) {
      return input.rows(lake);
    }
    MapToPartition map = new MapToPartition(lake, product, settled.values(), input.declared());
    return map.added(input.rows(lake))
        .where(settled.isOpen(col(MapToPartition.COLUMN)))
        .drop(MapToPartition.COLUMN);
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
