package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Which partitions of a product the news of its inputs may change. What cannot be told, or is more
 * than {@link Touched#LIMIT}, is all of them.
 */
record FindAffected(Lake lake, Product product, PartitionValues values) {

  Touched by(List<ProductInput> inputs) {
    Touched affected = Touched.NOTHING;
    for (ProductInput input : inputs) {
      affected = affected.all() || !input.hasNews() ? affected : affected.and(by(input));
    }
    return affected;
  }

  private Touched by(ProductInput input) {
    if (input.declared().affects().isEmpty() || rewritten(input)) {
      return Touched.ALL;
    }
    MapToPartition map = new MapToPartition(lake, product, values, input.declared());
    Dataset<Row> mapped = map.added(input.newRows(lake));
    return Touched.of(
        mapped
            .select(values.text(col(MapToPartition.COLUMN)))
            .distinct()
            .limit(Touched.LIMIT + 1)
            .as(Encoders.STRING())
            .collectAsList());
  }

  /** Rows that went show nowhere any more, so nothing tells which partitions they were in. */
  private static boolean rewritten(ProductInput input) {
    return !input.touched().equals(Touched.NOTHING);
  }
}
