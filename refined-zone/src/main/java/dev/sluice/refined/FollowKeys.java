package dev.sluice.refined;

import static org.apache.spark.sql.functions.broadcast;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.ReferenceTable;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.ContractSql;
import dev.sluice.catalog.publishing.Lake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Follows changed keys of reference data to the product's partitions: through what the contract
 * says that a row of theirs affects, or through the rows that carry the key. A row that came,
 * changed or went is a changed key alike.
 */
record FollowKeys(Lake lake, DataContract contract, Product product, PartitionValues values) {
  private static final String CARRIED = "_key";

  /**
   * Rows that hold, in {@link MapToPartition#COLUMN}, the partitions that may have changed; empty
   * when they cannot be told.
   *
   * @param input reference data whose news is to be followed
   * @param inputs all inputs of the product
   */
  Optional<Dataset<Row>> of(ProductInput input, List<ProductInput> inputs) {
    Touched keys = input.touched();
    if (keys.all() || input.news().from() == 0) {
      return Optional.empty();
    }
    return reference(input.declared())
        .flatMap(ReferenceKeys::of)
        .flatMap(
            columns -> {
              Dataset<Row> changed = columns.rows(lake.spark(), keys.partitions());
              return input.declared().affects().isPresent()
                  ? Optional.of(map(input.declared()).added(changed))
                  : input
                      .declared()
                      .join()
                      .flatMap(join -> joined(join, inputs).map(to -> carrying(join, to, changed)));
            });
  }

  /** Whether an input is reference data of the product's contract. */
  boolean isReference(Product.Input input) {
    return reference(input).isPresent();
  }

  private Optional<ReferenceTable> reference(Product.Input input) {
    return contract.references().stream()
        .filter(r -> input.neighbour().isEmpty() && r.name().equals(input.table()))
        .findFirst();
  }

  private static Optional<ProductInput> joined(Product.Join join, List<ProductInput> inputs) {
    return inputs.stream()
        .filter(i -> i.declared().table().equals(join.table()))
        .filter(i -> i.declared().affects().isPresent())
        .findFirst();
  }

  private Dataset<Row> carrying(Product.Join join, ProductInput to, Dataset<Row> changed) {
    StringBuilder sql = new StringBuilder("SELECT *");
    for (int i = 0; i < join.on().size(); i++) {
      // The line break ends a comment at the end of the expression.
      sql.append(", (").append(join.on().get(i)).append("\n) AS ").append(CARRIED).append(i);
    }
    sql.append(" FROM `").append(join.table()).append('`');
    Dataset<Row> carried =
        ContractSql.query(
            lake, Map.of(join.table(), to.rows(lake)), sql.toString(), product.parameters());
    Dataset<Row> keys = broadcast(changed);
    Column same = null;
    for (int i = 0; i < join.on().size(); i++) {
      Column each = carried.col(CARRIED + i).equalTo(keys.col("`" + keys.columns()[i] + "`"));
      same = same == null ? each : same.and(each);
    }
    return map(to.declared()).added(carried.join(keys, same, "left_semi"));
  }

  private MapToPartition map(Product.Input input) {
    return new MapToPartition(lake, product, values, input);
  }
}
