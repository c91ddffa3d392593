package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.SetRule.Severity;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.OldPartitions;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.RecipesInMemory;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

/** Stage rows expire before the product that was made of them. */
class SettledPartitionsTest {
  private final Product takings =
      AProduct.takingsByDay()
          .mustBeZero(
              "orders_add_up",
              Severity.BLOCK,
              "SELECT abs((SELECT coalesce(sum(orders), 0) FROM {object}) - (SELECT count(*) FROM"
                  + " orders))")
          .product();

  @Test
  void whatWasMadeOfExpiredRowsStaysAsItIs() {
    ShopFloor floor = expired("settled");

    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.Done.class);
    assertThat(lines(floor)).containsExactly("2026-03-01 2", "2026-03-02 1", "2026-03-03 1");
  }

  @Test
  void lateRowsOfASettledPartitionDoNotEmptyIt() {
    ShopFloor floor = expired("late");

    floor.sell(Order.on("2026-03-01", 7), Order.on("2026-03-03", 8));
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.Done.class);

    assertThat(lines(floor)).containsExactly("2026-03-01 2", "2026-03-02 1", "2026-03-03 2");
  }

  @Test
  void whatRecomputesEverythingRecomputesWhatIsNotSettled() {
    ShopFloor floor = expired("everything");

    floor.name(Map.of(1L, "north"));
    floor.refine(takings);
    floor.name(Map.of(1L, "south"));
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.Done.class);

    assertThat(
            floor
                .rows(takings)
                .sort("sold_on")
                .selectExpr("concat_ws(' ', sold_on, place)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("2026-03-01 unknown", "2026-03-02 unknown", "2026-03-03 south");
  }

  @Test
  void aProductThatHasSettledPartitionsIsNotDropped() {
    ShopFloor floor = expired("keeps");

    assertThat(dropping(floor).objection())
        .hasValueSatisfying(why -> assertThat(why).contains("source rows have expired"));
  }

  @Test
  void rowsThatAProductHasNotTakenYetDoNotExpire() {
    ShopFloor floor = ShopFloor.open(Shop.of("nottaken", takings));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(takings);
    floor.sell(Order.on("2026-03-02", 2));

    assertThatThrownBy(() -> floor.expireStageBefore("2026-03-05"))
        .hasMessageContaining("has not taken all of");
  }

  @Test
  void partitionsThatAProductLostToItsOwnRetentionDoNotComeBack() {
    ShopFloor floor = expired("gone");
    OldPartitions old =
        new OldProductPartitions(takings)
            .in(
                floor.lake().table(floor.table(takings)),
                Instant.parse("2026-03-02T12:00:00Z"),
                Set.of());
    assertThat(new OldProductPartitions(takings).touched(old).partitions())
        .containsExactly("2026-03-01");
    old.remove(
        NextStamp.on(
            Heads.of(old.table()),
            new RunContext("expire", "test", Instant.EPOCH),
            floor.contract(),
            Map.of(),
            Optional.empty(),
            new OldProductPartitions(takings).touched(old)));

    floor.sell(Order.on("2026-02-20", 7), Order.on("2026-03-01", 8), Order.on("2026-03-03", 9));
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.Done.class);

    assertThat(lines(floor)).containsExactly("2026-03-02 1", "2026-03-03 2");
  }

  private DropProduct dropping(ShopFloor floor) {
    return new DropProduct(
        floor.lake(),
        floor.contract(),
        floor.contract().tenants().get(0),
        takings,
        new RunContext("drop", "test", Instant.EPOCH),
        new RecipesInMemory());
  }

  private ShopFloor expired(String name) {
    ShopFloor floor = ShopFloor.open(Shop.of(name, takings));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-01", 2), Order.on("2026-03-02", 3));
    floor.sell(Order.on("2026-03-03", 4));
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.Done.class);
    floor.expireStageBefore("2026-03-03");
    assertThat(floor.lake().read(floor.stage()).count()).isEqualTo(1);
    return floor;
  }

  private List<String> lines(ShopFloor floor) {
    return floor
        .rows(takings)
        .sort("sold_on")
        .selectExpr("concat_ws(' ', sold_on, orders)")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
