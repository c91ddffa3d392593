package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.tables.GovernedTables;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** A contract that was applied after the last rows of its stage table came. */
class ChangedColumnsTest {

  @Test
  void columnsThatChangedAfterTheLastCommitAreReadAsTheyAreNow() {
    Product product =
        AProduct.ofOrders(
                "changed",
                """
                SELECT o.order_oid, cast(o.sold_at AS date) AS sold_on, o.amount, o.tip, o.labels,
                  o.detail.kind, o.detail.colour
                FROM orders o
                """,
                "sold_on",
                "cast(sold_at AS date)")
            .column("order_oid", Simple.BIGINT)
            .column("sold_on", Simple.DATE)
            .column("amount", new ColumnType.Decimal(12, 2))
            .column("tip", Simple.INT)
            .column("labels", new ColumnType.Array(Simple.STRING))
            .column("kind", Simple.STRING)
            .column("colour", Simple.STRING)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("changedcolumns", product));
    floor.sell(Order.on("2026-03-01", 1).of("12345678.90"), Order.on("2026-03-02", 2));
    Transaction apply = floor.lake().table(floor.stage()).newTransaction();
    apply
        .updateSchema()
        .updateColumn("amount", Types.DecimalType.of(12, 2))
        .renameColumn("tags", "labels")
        .renameColumn("detail.code", "kind")
        .addColumn("tip", Types.IntegerType.get())
        .addColumn("detail", "colour", Types.StringType.get())
        .commit();
    apply.updateProperties().set(GovernedTables.CONTRACT_VERSION, "2.0.0").commit();
    apply.commitTransaction();

    JobOutcome outcome = floor.refine(product);

    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    DatasetAssert.assertSameRows(floor.wholly(product), floor.rows(product));
    assertThat(floor.rows(product).where("kind = 'std' AND size(labels) = 3").count()).isEqualTo(2);
  }
}
