package dev.sluice.refined;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Zone;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.RowsAsOf;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.StampText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.spark.sql.Encoders;

/**
 * Before rows of a stage table expire: settles the partitions of a product that were made of them.
 * It is a commit of its own, so a refinement that began before it has to begin again and sees it.
 */
public final class SettlePartitions {
  private final Lake lake;
  private final DataContract contract;
  private final TenantId tenant;
  private final Product product;
  private final RunContext run;
  private final String table;

  /**
   * @param contract the one that declares the product
   */
  public SettlePartitions(
      Lake lake, DataContract contract, TenantId tenant, Product product, RunContext run) {
    this.lake = lake;
    this.contract = contract;
    this.tenant = tenant;
    this.product = product;
    this.run = run;
    this.table = Zone.REFINED.table(tenant, product.name());
  }

  /**
   * Why rows of an input may not go yet, as far as this product goes; empty when they may.
   *
   * @param stage the stage table, one of the product's inputs
   */
  public Optional<String> objection(String stage) {
    if (!lake.exists(table) || lake.head(table).edition() == 0) {
      return Optional.empty(); // nothing of it stands that could be lost
    }
    long taken = lake.head(table).lanes().at(Lane.ofTable(stage));
    if (taken <= lake.head(stage).edition()) {
      return Optional.of(table + " has not taken all of " + stage + "; refine first");
    }
    return input(stage).affects().isEmpty()
        ? Optional.of(
            table
                + " reads "
                + stage
                + " without 'affects', so nothing of it could stay; give it 'affects'")
        : Optional.empty();
  }

  /**
   * Settles what was made of the rows before a time.
   *
   * @param snapshot of the stage table, from which rows will go
   * @param time the stage table's column of event time
   * @return how many partitions that are
   * @throws dev.sluice.catalog.tables.Refused when a refinement was faster
   */
  public long settle(String stage, long snapshot, String time, Instant before) {
    if (!lake.exists(table) || lake.head(table).edition() == 0) {
      return 0;
    }
    Table now = lake.table(table);
    Head head = Heads.of(now);
    Settled known = Settled.of(product, now.properties());
    SortedSet<String> made = madeOf(stage, snapshot, time, before);
    Settled settled = known.and(made);
    if (settled.partitions().size() > Settled.LIMIT) {
      throw new CannotRefine(
          FailureKind.SETUP,
          table
              + " would have "
              + settled.partitions().size()
              + " settled partitions, more than "
              + Settled.LIMIT
              + ". To do: give the product a retention, so that its oldest partitions go");
    }
    if (!settled.equals(known)) {
      Stamp stamp = NextStamp.on(head, run, contract, Map.of(), Optional.empty(), Touched.NOTHING);
      Transaction both = now.newTransaction();
      both.newFastAppend().set(Stamp.SUMMARY_KEY, StampText.write(stamp)).commit();
      both.updateProperties().set(Settled.PROPERTY, settled.write()).commit();
      both.commitTransaction();
    }
    return made.size();
  }

  private SortedSet<String> madeOf(String stage, long snapshot, String time, Instant before) {
    PartitionValues values = PartitionValues.of(product);
    MapToPartition map = new MapToPartition(lake, product, values, input(stage));
    return new TreeSet<>(
        map.added(
                new RowsAsOf(lake, stage)
                    .snapshot(snapshot)
                    .where(col("`" + time + "`").lt(lit(before))))
            .select(values.text(col(MapToPartition.COLUMN)))
            .distinct()
            .limit(Settled.LIMIT + 1)
            .as(Encoders.STRING())
            .collectAsList());
  }

  private Product.Input input(String stage) {
    return product.inputs().stream()
        .filter(i -> contract.inputTable(tenant, i).equals(Optional.of(stage)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(table + " does not read " + stage));
  }
}
