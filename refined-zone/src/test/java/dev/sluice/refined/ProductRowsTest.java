package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows that a product's SQL, or its table, cannot take. */
class ProductRowsTest {

  @Test
  void aNullInARequiredColumnPublishesNothing() {
    Product product =
        AProduct.ofOrders(
                "nulls", "SELECT o.detail.code AS code FROM orders o", "code", "detail.code")
            .required("code", Simple.STRING)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("nulls", product));
    floor.sell(Order.on("2026-03-01", 1).coded(Optional.empty()));

    JobOutcome outcome = floor.refine(product);

    assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
    assertThat(((JobOutcome.Failed) outcome).kind()).isEqualTo(FailureKind.DATA);
    assertThat(((JobOutcome.Failed) outcome).what()).contains("null", "code");
    assertThat(floor.lake().table(floor.table(product)).refs()).isEmpty();
  }

  @Test
  void aTextThatCanNameNoPartitionPublishesNothing() {
    Product product =
        AProduct.ofOrders(
                "long", "SELECT o.detail.code AS code FROM orders o", "code", "detail.code")
            .column("code", Simple.STRING)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("longnames", product));
    String longest = "\u00e4".repeat(41) + "abcd"; // 250 bytes behind code=
    floor.sell(Order.on("2026-03-01", 1).coded(Optional.of(longest)));
    assertThat(floor.refine(product)).isInstanceOf(JobOutcome.Done.class);
    floor.sell(Order.on("2026-03-02", 2).coded(Optional.of(longest + "e")));

    JobOutcome outcome = floor.refine(product);

    assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
    assertThat(((JobOutcome.Failed) outcome).kind()).isEqualTo(FailureKind.DATA);
    assertThat(((JobOutcome.Failed) outcome).what())
        .contains("partition column code", "more than 255 bytes")
        .doesNotContain("abcd");
    assertThat(floor.rows(product).count()).isOne();
  }

  @Test
  void aRowThatBreaksTheSqlIsToldWithoutItsValue() {
    Product product =
        AProduct.ofOrders(
                "casts", "SELECT cast(o.detail.code AS int) AS code FROM orders o", "code", "1")
            .column("code", Simple.INT)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("casts", product));
    floor.sell(Order.on("2026-03-01", 1).coded(Optional.of("quoted-value")));

    JobOutcome outcome = floor.refine(product);

    assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
    assertThat(((JobOutcome.Failed) outcome).what())
        .contains("CAST_INVALID_INPUT")
        .doesNotContain("quoted-value");
  }
}
