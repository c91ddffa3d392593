package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Which partitions of a product the news of its inputs may change. What cannot be told, or is more
 * than {@link Touched#LIMIT}, is all of them.
 */
record FindAffected(Lake lake, DataContract contract, Product product, PartitionValues values) {

  Touched by(List<ProductInput> inputs) {
    Touched affected = Touched.NOTHING;
    for (ProductInput input : inputs) {
      affected = affected.all() || !input.hasNews() ? affected : affected.and(by(input, inputs));
    }
    return affected;
  }

  private Touched by(ProductInput input, List<ProductInput> inputs) {
    FollowKeys follow = new FollowKeys(lake, contract, product, values);
    return (follow.isReference(input.declared()) ? follow.of(input, inputs) : appeared(input))
        .map(this::partitions)
        .orElse(Touched.ALL);
  }

  /** Rows that appeared, and rows as they stood in what was rewritten: some of them went. */
  private Optional<Dataset<Row>> appeared(ProductInput input) {
    if (input.declared().affects().isEmpty()) {
      return Optional.empty();
    }
    MapToPartition map = new MapToPartition(lake, product, values, input.declared());
    Dataset<Row> came = map.added(input.newRows(lake)).select(MapToPartition.COLUMN);
    if (input.touched().equals(Touched.NOTHING)) {
      return Optional.of(came);
    }
    return EventTimes.of(contract, input.declared())
        .flatMap(times -> times.in(input.touched()))
        .flatMap(within -> input.rowsBefore(lake).map(rows -> rows.where(within)))
        .map(stood -> came.unionByName(map.added(stood).select(MapToPartition.COLUMN)));
  }

  private Touched partitions(Dataset<Row> mapped) {
    return Touched.of(
        mapped
            .select(values.text(col(MapToPartition.COLUMN)))
            .distinct()
            .limit(Touched.LIMIT + 1)
            .as(Encoders.STRING())
            .collectAsList());
  }
}
