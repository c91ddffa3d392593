package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Meanwhile;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A product of the stage tables of two contracts. */
class JoinTwoSourcesTest {
  private final Product balance = AProduct.balanceByDay().product();

  @Test
  void lateNewsOfEitherSideRecomputesItsDaysAndMovesItsLane() {
    ShopFloor floor = floor("twolate");

    floor.refund(Order.on("2026-03-01", 50));
    assertRecomputed(floor, "2026-03-01");
    assertThat(lanes(floor)).isEqualTo(taken(floor, 2, 3));

    floor.sell(Order.on("2026-03-02", 9), Order.on("2026-03-07", 10));
    assertRecomputed(floor, "2026-03-02", "2026-03-07");
    assertThat(lanes(floor)).isEqualTo(taken(floor, 3, 3));

    floor.sell(Order.on("2026-03-08", 11));
    floor.refund(Order.on("2026-03-09", 51));
    assertRecomputed(floor, "2026-03-08", "2026-03-09");
    assertThat(lanes(floor)).isEqualTo(taken(floor, 4, 4));
  }

  @Test
  void oneSideMayHaveNothingAtAll() {
    ShopFloor floor = ShopFloor.open(Shop.of("twoempty", balance));
    floor.refund(Order.on("2026-03-01", 50));

    assertThat(done(floor.refine(balance)).published()).isEqualTo(1);
    assertThat(lanes(floor)).isEqualTo(Position.of(Lane.ofTable(floor.refunds()), 2));

    floor.sell(Order.on("2026-03-01", 1));
    assertRecomputed(floor, "2026-03-01");
    assertThat(floor.refine(balance)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aCrashBeforePublishingLosesNeitherSidesNews() {
    ShopFloor floor = floor("twocrash");
    floor.sell(Order.on("2026-03-02", 9));
    floor.refund(Order.on("2026-03-03", 51));
    Position before = lanes(floor);
    Meanwhile.beforeCommitsTo(
        floor.table(balance),
        1,
        () -> {
          throw new OutOfReach();
        });

    assertThatThrownBy(() -> floor.refine(balance)).hasStackTraceContaining("OutOfReach");
    Meanwhile.nothingAnyMore(floor.table(balance));
    assertThat(lanes(floor)).isEqualTo(before);

    assertRecomputed(floor, "2026-03-02", "2026-03-03");
  }

  private ShopFloor floor(String tenant) {
    ShopFloor floor = ShopFloor.open(Shop.of(tenant, balance));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-02", 2), Order.on("2026-03-03", 3));
    floor.refund(Order.on("2026-03-02", 40), Order.on("2026-03-04", 41));
    assertThat(done(floor.refine(balance)).published()).isEqualTo(4);
    return floor;
  }

  private Position lanes(ShopFloor floor) {
    return floor.lake().head(floor.table(balance)).lanes();
  }

  private static Position taken(ShopFloor floor, long orders, long refunds) {
    return new Position(
        new TreeMap<>(
            Map.of(Lane.ofTable(floor.stage()), orders, Lane.ofTable(floor.refunds()), refunds)));
  }

  private void assertRecomputed(ShopFloor floor, String... days) {
    long before = floor.lake().head(floor.table(balance)).edition();

    StepFigures figures = done(floor.refine(balance));

    assertThat(figures.notes()).containsEntry("partitions", (long) days.length);
    assertThat(Heads.touchedSince(floor.lake().table(floor.table(balance)), before).partitions())
        .containsExactly(days);
    DatasetAssert.assertSameRows(floor.wholly(balance), floor.rows(balance));
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    StepFigures figures = ((JobOutcome.Done) outcome).figures();
    assertThat(figures.balances()).isTrue();
    return figures;
  }

  private static final class OutOfReach extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
