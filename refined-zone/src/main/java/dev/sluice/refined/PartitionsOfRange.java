package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.BackfillRange;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which partitions of a product the events of a stretch of time contribute to, by what the contract
 * says of each input. A partition that the stretch only touches is one of them.
 */
public final class PartitionsOfRange {
  private final Lake lake;
  private final DataContract contract;
  private final TenantId tenant;
  private final Product product;
  private final PartitionValues values;

  public PartitionsOfRange(Lake lake, DataContract contract, TenantId tenant, Product product) {
    this.lake = lake;
    this.contract = contract;
    this.tenant = tenant;
    this.product = product;
    this.values = PartitionValues.of(product);
  }

  /**
   * Partitions as canonical text, with their rows in stage that the product has taken; empty when
   * the contract does not say to which partitions an input's rows contribute. The newest comes
   * first if the range says so.
   */
  public Optional<SortedMap<String, Long>> of(BackfillRange range) {
    Head head = lake.head(Zone.REFINED.table(tenant, product.name()));
    SortedMap<String, Long> found =
        range.newestFirst() ? new TreeMap<>(Collections.reverseOrder()) : new TreeMap<>();
    for (ProductInput input : new TakeInputs(lake, contract, tenant).taken(product, head)) {
      Optional<EventTimes> times = EventTimes.of(contract, input.declared());
      if (times.isEmpty()) {
        continue;
      }
      if (input.declared().affects().isEmpty()) {
        return Optional.empty();
      }
      Column within = times.get().within(range.from(), range.until());
      Dataset<Row> mapped =
          new MapToPartition(lake, product, values, input.declared())
              .added(input.rows(lake).where(within));
      counted(mapped).forEach((text, rows) -> found.merge(text, rows, Long::sum));
    }
    return Optional.of(found);
  }

  /** Bounded by the number of partitions, a text and a number each. */
  private SortedMap<String, Long> counted(Dataset<Row> mapped) {
    SortedMap<String, Long> counted = new TreeMap<>();
    mapped
        .groupBy(values.text(col(MapToPartition.COLUMN)))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> counted.put(row.getString(0), row.getLong(1)));
    return counted;
  }
}
