package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class FollowReferencesTest {
  private final Product takings = AProduct.takingsByDayFollowingPlaces().product();

  @Test
  void aRenamedPlaceRecomputesTheDaysOnWhichItTookSomethingAndNoOther() {
    ShopFloor floor = floor("followrename");

    floor.name(Map.of(1L, "north", 2L, "South", 3L, "east"));

    assertRecomputed(floor, takings, "2026-03-02", "2026-03-04");
    assertThat(floor.rows(takings).where("place = 'South'").count()).isEqualTo(2);
  }

  @Test
  void aPlaceThatWentIsAChange() {
    ShopFloor floor = floor("followgone");

    floor.name(Map.of(1L, "north", 2L, "south"));

    assertRecomputed(floor, takings, "2026-03-03");
    assertThat(floor.rows(takings).where("place = 'unknown'").count()).isEqualTo(2);
  }

  @Test
  void aPlaceThatCameIsAChange() {
    ShopFloor floor = floor("followcame");

    floor.name(Map.of(1L, "north", 2L, "south", 3L, "east", 4L, "west"));

    assertRecomputed(floor, takings, "2026-03-05");
    assertThat(floor.rows(takings).where("place = 'unknown'").isEmpty()).isTrue();
  }

  @Test
  void aPlaceThatNoOrderNamesMovesTheHeadOnly() {
    ShopFloor floor = floor("follownone");

    floor.name(Map.of(1L, "north", 2L, "south", 3L, "east", 9L, "nowhere"));

    assertRecomputed(floor, takings);
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void severalVersionsAndNewOrdersAreTakenTogether() {
    ShopFloor floor = floor("followmany");

    floor.name(Map.of(1L, "north", 2L, "south", 3L, "East"));
    floor.sell(Order.on("2026-03-09", 90).at(2));
    floor.name(Map.of(1L, "north", 2L, "south", 3L, "east"));

    assertRecomputed(floor, takings, "2026-03-03", "2026-03-09");
  }

  @Test
  void moreChangedKeysThanAreRememberedRecomputeAll() {
    ShopFloor floor = floor("followall");
    Map<Long, String> names = new HashMap<>(Map.of(1L, "north", 2L, "south", 3L, "east"));
    for (long oid = 10; oid < 10 + Touched.LIMIT + 1; oid++) {
      names.put(oid, "new");
    }

    floor.name(names);

    assertThat(done(floor.refine(takings)).notes()).containsEntry("partitions", -1L);
  }

  @Test
  void referenceDataMaySayThemselvesWhichPartitionTheyAffect() {
    Product byPlace =
        AProduct.ofOrders(
                "by_place",
                "SELECT o.place_oid, max(p.place) AS place, count(*) AS orders FROM orders o"
                    + " LEFT JOIN places p ON p.place_oid = o.place_oid GROUP BY o.place_oid",
                "place_oid",
                "place_oid")
            .reading("places", "place_oid")
            .column("place_oid", Simple.BIGINT)
            .column("place", Simple.STRING)
            .column("orders", Simple.BIGINT)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("followself", byPlace));
    floor.name(Map.of(1L, "north", 2L, "south"));
    floor.sell(Order.on("2026-03-01", 1).at(1), Order.on("2026-03-01", 2).at(2));
    floor.sell(Order.on("2026-03-01", 3).at(3));
    floor.refine(byPlace);

    floor.name(Map.of(1L, "north", 3L, "east"));

    assertRecomputed(floor, byPlace, "2", "3");
  }

  /** Orders of place 1 on day 1, 2 on days 2 and 4, 3 on day 3, and 4, which has no name, on 5. */
  private ShopFloor floor(String tenant) {
    ShopFloor floor = ShopFloor.open(Shop.of(tenant, takings));
    floor.name(Map.of(1L, "north", 2L, "south", 3L, "east"));
    List<Order> orders = new ArrayList<>();
    long[] places = {1, 2, 3, 2, 4};
    for (int day = 1; day <= places.length; day++) {
      orders.add(Order.on("2026-03-0" + day, day).at(places[day - 1]));
    }
    floor.sell(orders);
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.Done.class);
    return floor;
  }

  private static void assertRecomputed(ShopFloor floor, Product product, String... partitions) {
    String table = floor.table(product);
    long before = floor.lake().head(table).edition();

    StepFigures figures = done(floor.refine(product));

    assertThat(figures.notes()).containsEntry("partitions", (long) partitions.length);
    assertThat(Heads.touchedSince(floor.lake().table(table), before).partitions())
        .containsExactly(partitions);
    assertThat(
            floor
                .lake()
                .read(table)
                .where(Lake.EDITION + " > " + before)
                .selectExpr("cast(" + product.partition() + " AS string)")
                .distinct()
                .sort(product.partition())
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly(partitions);
    DatasetAssert.assertSameRows(floor.wholly(product), floor.rows(product));
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    StepFigures figures = ((JobOutcome.Done) outcome).figures();
    assertThat(figures.balances()).isTrue();
    return figures;
  }
}
