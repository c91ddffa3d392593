package dev.sluice.catalog.tables;

import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;

/**
 * Makes tables, and refuses to replace a kept one before anything is written: a refusal at the
 * commit would leave the data files that Spark has written for the replacement.
 */
final class GuardedBuilder implements Catalog.TableBuilder {
  private final Catalog.TableBuilder stock;
  private final Runnable refuseIfKept;

  GuardedBuilder(Catalog.TableBuilder stock, Runnable refuseIfKept) {
    this.stock = stock;
    this.refuseIfKept = refuseIfKept;
  }

  @Override
  public Catalog.TableBuilder withPartitionSpec(PartitionSpec spec) {
    return with(stock.withPartitionSpec(spec));
  }

  @Override
  public Catalog.TableBuilder withSortOrder(SortOrder order) {
    return with(stock.withSortOrder(order));
  }

  @Override
  public Catalog.TableBuilder withLocation(String location) {
    return with(stock.withLocation(location));
  }

  @Override
  public Catalog.TableBuilder withProperties(Map<String, String> properties) {
    return with(stock.withProperties(properties));
  }

  @Override
  public Catalog.TableBuilder withProperty(String key, String value) {
    return with(stock.withProperty(key, value));
  }

  @Override
  public Table create() {
    return stock.create();
  }

  @Override
  public Transaction createTransaction() {
    return stock.createTransaction();
  }

  @Override
  public Transaction replaceTransaction() {
    refuseIfKept.run();
    return stock.replaceTransaction();
  }

  @Override
  public Transaction createOrReplaceTransaction() {
    refuseIfKept.run();
    return stock.createOrReplaceTransaction();
  }

  private GuardedBuilder with(Catalog.TableBuilder changed) {
    return new GuardedBuilder(changed, refuseIfKept);
  }
}
