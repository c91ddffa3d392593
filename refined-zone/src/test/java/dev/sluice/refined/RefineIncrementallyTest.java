package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefineIncrementallyTest {
  private final Product takings = AProduct.takingsByDay().product();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void refiningBitByBitGivesWhatTheSqlOverEverythingGives(long seed) {
    Product byCode = byCode();
    Product followed = AProduct.takingsByDayFollowingPlaces().product();
    Product balance = AProduct.balanceByDay().product();
    List<Product> products = List.of(takings, byCode, followed, balance, byEveryPlace());
    ShopFloor floor = ShopFloor.open(Shop.of("bits" + seed, products.toArray(Product[]::new)));
    Random random = new Random(seed);
    long oid = 0;

    for (int step = 0; step < 4; step++) {
      for (int editions = random.nextInt(3); editions >= 0; editions--) {
        List<Order> orders = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
          orders.add(randomOrder(random, oid++));
        }
        floor.sell(orders);
      }
      if (random.nextInt(2) == 0) {
        floor.name(Map.of(1L + random.nextInt(2), "north" + random.nextInt(2), 3L, "south"));
      }
      if (random.nextInt(2) == 0) {
        floor.refund(randomOrder(random, oid++), randomOrder(random, oid++));
      }
      if (random.nextInt(3) == 0) {
        floor.rewrite("2026-03-0" + (1 + random.nextInt(9)));
      }
      for (Product product : products) {
        assertThat(floor.refine(product)).isNotInstanceOf(JobOutcome.Failed.class);
        DatasetAssert.assertSameRows(floor.wholly(product), floor.rows(product));
      }
    }
  }

  @Test
  void aRerunHasNothingToDo() {
    ShopFloor floor = ShopFloor.open(Shop.of("rerun", takings));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(takings);
    long edition = floor.lake().head(floor.table(takings)).edition();

    JobOutcome outcome = floor.refine(takings);

    assertThat(outcome).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(floor.job(takings).plan().nothingToDo()).isTrue();
    assertThat(floor.lake().head(floor.table(takings)).edition()).isEqualTo(edition);
  }

  @Test
  void aChangedDefinitionRecomputesEveryPartitionOnce() {
    ShopFloor floor = ShopFloor.open(Shop.of("redefined", takings));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-02", 2));
    floor.refine(takings);
    Product changed =
        new Product(
            takings.name(),
            takings.sql().replace("sum(o.amount)", "sum(o.amount * 2)"),
            takings.parameters(),
            takings.inputs(),
            takings.partition(),
            takings.columns(),
            takings.setRules(),
            takings.export());
    assertThat(changed.sql()).isNotEqualTo(takings.sql());
    assertThat(floor.job(changed).plan().lines())
        .anyMatch(line -> line.contains("definition changed"))
        .anyMatch(line -> line.contains("all partitions"));

    StepFigures figures = done(floor.refine(changed));

    assertThat(figures.published()).isEqualTo(2);
    DatasetAssert.assertSameRows(floor.wholly(changed), floor.rows(changed));
    assertThat(floor.refine(changed)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aProductOfTablesThatHoldNothingYetHasNothingToDo() {
    ShopFloor floor = ShopFloor.open(Shop.of("nothing", takings));

    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void onlyAffectedPartitionsAreWrittenAgain() {
    ShopFloor floor = ShopFloor.open(Shop.of("onlyaff", takings));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-02", 2), Order.on("2026-03-03", 3));
    floor.refine(takings);
    Set<String> before = files(floor);
    floor.sell(Order.on("2026-03-02", 4));
    assertThat(floor.job(takings).plan().lines()).anyMatch(l -> l.contains("1 partitions"));

    StepFigures figures = done(floor.refine(takings));

    Set<String> kept = new HashSet<>(files(floor));
    kept.retainAll(before);
    assertThat(kept).hasSize(2).noneMatch(path -> path.contains("sold_on=2026-03-02"));
    assertThat(figures.taken()).isEqualTo(1);
    assertThat(figures.published()).isEqualTo(1);
    assertThat(figures.notes())
        .containsEntry("partitions", 1L)
        .containsEntry("edition." + floor.stage(), 2L);
    assertThat(Heads.touchedSince(floor.lake().table(floor.table(takings)), 1).partitions())
        .containsExactly("2026-03-02");
  }

  @Test
  void aPartitionThatHasNoRowsLeftVanishes() {
    ShopFloor floor = ShopFloor.open(Shop.of("vanish", takings));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-02", 2));
    floor.refine(takings);

    floor.rewrite("2026-03-02");
    JobOutcome outcome = floor.refine(takings);

    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    assertThat(days(floor)).containsExactly("2026-03-01");
  }

  @Test
  void aProductThatHasNoRowsLeftIsEmptied() {
    Product product = AProduct.takingsByDay().product();
    ShopFloor floor = ShopFloor.open(Shop.of("emptied", product));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(product);

    floor.rewrite("2026-03-01");
    floor.refine(product);

    assertThat(days(floor)).isEmpty();
  }

  @Test
  void aPartitionEmptiedByTheSqlVanishesThoughOthersStay() {
    Product few =
        AProduct.takingsByDay().withSql(takings.sql() + " HAVING sum(o.amount) > 0").product();
    ShopFloor floor = ShopFloor.open(Shop.of("having", few));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-02", 2));
    floor.refine(few);

    floor.sell(Order.on("2026-03-02", 3).of("-5.00"));
    StepFigures figures = done(floor.refine(few));

    assertThat(days(floor)).containsExactly("2026-03-01");
    assertThat(figures.published()).isZero();
    assertThat(figures.notes()).containsEntry("partitions", 1L);
  }

  @Test
  void aChangeOfReferenceDataRecomputesAll() {
    ShopFloor floor = ShopFloor.open(Shop.of("renamed", takings));
    floor.name(Map.of(1L, "old"));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-02", 2));
    floor.refine(takings);

    floor.name(Map.of(1L, "new"));
    StepFigures figures = done(floor.refine(takings));

    assertThat(figures.notes()).containsEntry("partitions", -1L);
    assertThat(floor.rows(takings).select("place").distinct().as(Encoders.STRING()).collectAsList())
        .containsExactly("new");
    assertThat(floor.lake().head(floor.table(takings)).lanes().at(Lane.ofTable(floor.places())))
        .isEqualTo(3);
  }

  @Test
  void anEditionWithoutRowsMovesTheHeadOnly() {
    ShopFloor floor = ShopFloor.open(Shop.of("emptyedition", takings));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(takings);
    floor.sell();

    StepFigures figures = done(floor.refine(takings));

    assertThat(figures.published()).isZero();
    assertThat(days(floor)).containsExactly("2026-03-01");
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void moreAffectedPartitionsThanAStampRemembersAreAll() {
    ShopFloor floor = ShopFloor.open(Shop.of("many", byNumber()));
    List<Order> orders = new ArrayList<>();
    for (long oid = 0; oid < 500; oid++) {
      orders.add(Order.on("2026-03-01", oid));
    }
    floor.sell(orders);
    assertThat(done(floor.refine(byNumber())).notes()).containsEntry("partitions", 500L);
    orders.add(Order.on("2026-03-01", 500));
    floor.sell(orders);
    assertThat(done(floor.refine(byNumber())).notes()).containsEntry("partitions", -1L);

    assertThat(floor.rows(byNumber()).count()).isEqualTo(6); // three oids, each sold twice
  }

  private static Product byNumber() {
    return AProduct.ofOrders(
            "by_number",
            "SELECT o.order_oid FROM orders o WHERE o.order_oid < 3",
            "order_oid",
            "order_oid")
        .column("order_oid", Simple.BIGINT)
        .product();
  }

  private static Product byCode() {
    return AProduct.ofOrders(
            "by_code",
            "SELECT o.detail.code AS code, count(*) AS orders FROM orders o GROUP BY o.detail.code",
            "code",
            "detail.code")
        .column("code", Simple.STRING)
        .column("orders", Simple.BIGINT)
        .product();
  }

  /** Places without orders too, and one row beside them all: most rows come of no order. */
  private static Product byEveryPlace() {
    return AProduct.ofOrders(
            "by_every_place",
            """
            SELECT p.place_oid AS place_oid, count(o.order_oid) AS orders
            FROM places p LEFT JOIN orders o ON o.place_oid = p.place_oid GROUP BY p.place_oid
            UNION ALL SELECT cast(NULL AS bigint), count(*) FROM places p HAVING count(*) > 0
            """,
            "place_oid",
            "place_oid")
        .reading("places")
        .column("place_oid", Simple.BIGINT)
        .column("orders", Simple.BIGINT)
        .product();
  }

  private static Order randomOrder(Random random, long oid) {
    List<Optional<String>> codes =
        List.of(Optional.empty(), Optional.of("~"), Optional.of(""), Optional.of("it's / x=1"));
    return Order.on("2026-03-0" + (1 + random.nextInt(9)), oid)
        .at(random.nextInt(4))
        .of(random.nextInt(100) + ".25")
        .coded(codes.get(random.nextInt(codes.size())));
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    StepFigures figures = ((JobOutcome.Done) outcome).figures();
    assertThat(figures.balances()).isTrue();
    return figures;
  }

  private List<String> days(ShopFloor floor) {
    return floor
        .rows(takings)
        .selectExpr("cast(sold_on AS string)")
        .distinct()
        .sort("sold_on")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private Set<String> files(ShopFloor floor) {
    return new HashSet<>(
        floor
            .lake()
            .spark()
            .sql("SELECT file_path FROM " + floor.lake().sql(floor.table(takings)) + ".files")
            .as(Encoders.STRING())
            .collectAsList());
  }
}
