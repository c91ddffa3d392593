package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.ContractSql;
import dev.sluice.catalog.publishing.Lake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a product's affected partitions, all of them: its SQL over its inputs, each cut down
 * to the rows that contribute to them where the contract says how to tell. Of inputs that go in
 * whole come rows of other partitions too, which may lack something: who writes cuts them off by
 * the condition by which it overwrites.
 */
record ComputeProduct(Lake lake, Product product, PartitionValues values) {

  /** Not computed yet; columns as declared, in the declared order. */
  Dataset<Row> of(List<ProductInput> inputs, Touched affected) {
    Map<String, Dataset<Row>> views = new HashMap<>();
    inputs.forEach(input -> views.put(input.declared().table(), contributing(input, affected)));
    Dataset<Row> rows = ContractSql.query(lake, views, product.sql(), product.parameters());
    ReadsOnlyInputs.check(product, rows, inputs);
    return NamedPartitions.of(values, DeclaredColumns.of(product, rows));
  }

  /** The rows of an input that contribute to these partitions, or all where nobody can tell. */
  Dataset<Row> contributing(ProductInput input, Touched affected) {
    Dataset<Row> rows = input.rows(lake);
    return affected.all() || input.declared().affects().isEmpty()
        ? rows
        : new MapToPartition(lake, product, values, input.declared()).only(rows, affected);
  }
}
