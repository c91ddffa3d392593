package dev.sluice.refined;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.publishing.fixture.GuardHole;
import dev.sluice.catalog.publishing.fixture.GuardTable;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.RecipesInMemory;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards of settled partitions, of dropping and of rebuilding, each in force and left out. */
class EveryLifecycleGuardTest {
  private static final GuardTable TABLE = new GuardTable("products that age");
  private static final AtomicInteger SHOPS = new AtomicInteger();
  private static final Product TAKINGS = AProduct.takingsByDay().product();
  private static final Product MOODY =
      AProduct.takingsByDay()
          .withSql(TAKINGS.sql().replace("count(*)", "count(*) + cast(rand() * 1e9 AS bigint)"))
          .product();

  static Stream<GuardHole> holes() {
    return Stream.of(
        new GuardHole(
            "partitions are settled before rows go",
            LifecycleWithout::settling,
            EveryLifecycleGuardTest::lateRowAfterExpiry,
            "Done 2026-03-01 2, 2026-03-02 1, 2026-03-03 1",
            "Done 2026-03-01 1, 2026-03-02 1, 2026-03-03 1",
            "a late row replaces what was made of all rows"),
        new GuardHole(
            "settled partitions are not affected",
            LifecycleWithout::closingSettledPartitions,
            EveryLifecycleGuardTest::lateRowAfterExpiry,
            "Done 2026-03-01 2, 2026-03-02 1, 2026-03-03 1",
            "Done 2026-03-01 1, 2026-03-02 1, 2026-03-03 1",
            "a late row stands for a settled partition"),
        new GuardHole(
            "settled rows are not replaced",
            LifecycleWithout::closingSettledRows,
            EveryLifecycleGuardTest::everythingIsComputedAgain,
            "Done 2026-03-01 2, 2026-03-02 1, 2026-03-03 1",
            "Done 2026-03-03 1",
            "a new name of a place empties the past"),
        new GuardHole(
            "rows wait until their readers have them",
            LifecycleWithout::readersObjections,
            EveryLifecycleGuardTest::rowThatWasNotTaken,
            "waits; Done 2026-03-01 1, 2026-03-02 1",
            "gone; Done 2026-03-01 1",
            "a row reaches no product and is gone"),
        new GuardHole(
            "the checksum of a rebuild is compared",
            LifecycleWithout::comparingTheChecksum,
            EveryLifecycleGuardTest::rebuildThatDiffers,
            "Failed, edition 0",
            "Done, edition 2",
            "other rows stand as if they were the old ones"),
        new GuardHole(
            "what is dropped is what the recipe knows",
            LifecycleWithout::droppingOnlyWhatTheRecipeKnows,
            EveryLifecycleGuardTest::refinedWhileTheRecipeWasKept,
            "Busy, stands with 2 rows",
            "Done, gone with a recipe of 1 row",
            "rows are dropped that no recipe counts"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holes")
  void holdsAndIsNeeded(GuardHole hole) throws Exception {
    hole.show(TABLE, "age" + SHOPS.incrementAndGet(), "age" + SHOPS.incrementAndGet());
  }

  @AfterAll
  static void printTheTable() {
    TABLE.print();
  }

  private static String lateRowAfterExpiry(String shop) {
    ShopFloor floor = expired(shop);
    floor.sell(Order.on("2026-03-01", 7));
    return name(floor.refine(TAKINGS)) + " " + days(floor);
  }

  private static String everythingIsComputedAgain(String shop) {
    ShopFloor floor = expired(shop);
    floor.name(Map.of(1L, "north"));
    floor.refine(TAKINGS);
    floor.name(Map.of(1L, "south"));
    return name(floor.refine(TAKINGS)) + " " + days(floor);
  }

  private static String rowThatWasNotTaken(String shop) {
    ShopFloor floor = ShopFloor.open(Shop.of(shop, TAKINGS));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(TAKINGS);
    floor.sell(Order.on("2026-03-02", 2));
    String came = "gone";
    try {
      floor.expireStageBefore("2026-03-05");
    } catch (IllegalStateException objection) {
      came = "waits";
    }
    return came + "; " + name(floor.refine(TAKINGS)) + " " + days(floor);
  }

  private static String rebuildThatDiffers(String shop) {
    RecipesInMemory recipes = new RecipesInMemory();
    ShopFloor floor = ShopFloor.open(Shop.of(shop, MOODY));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(MOODY);
    floor.drop(MOODY, recipes);
    String outcome = name(floor.rebuild(MOODY, recipes).run());
    return outcome + ", edition " + floor.lake().head(floor.table(MOODY)).edition();
  }

  private static String refinedWhileTheRecipeWasKept(String shop) {
    ShopFloor floor = ShopFloor.open(Shop.of(shop, TAKINGS));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(TAKINGS);
    RecipesInMemory kept = new RecipesInMemory();
    Recipes slow =
        new Recipes() {
          @Override
          public void keep(Recipe recipe, String run) {
            kept.keep(recipe, run);
            floor.sell(Order.on("2026-03-02", 2));
            floor.refine(TAKINGS);
          }

          @Override
          public Optional<Kept> of(String table) {
            return kept.of(table);
          }
        };
    String outcome = name(floor.drop(TAKINGS, slow));
    return floor.lake().exists(floor.table(TAKINGS))
        ? outcome + ", stands with " + floor.rows(TAKINGS).count() + " rows"
        : outcome
            + ", gone with a recipe of "
            + kept.of(floor.table(TAKINGS)).orElseThrow().recipe().rows()
            + " row";
  }

  /** Two orders on the first day, one on each of the next two; stage keeps the third day. */
  private static ShopFloor expired(String shop) {
    ShopFloor floor = ShopFloor.open(Shop.of(shop, TAKINGS));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-01", 2), Order.on("2026-03-02", 3));
    floor.sell(Order.on("2026-03-03", 4));
    floor.refine(TAKINGS);
    floor.expireStageBefore("2026-03-03");
    return floor;
  }

  private static String days(ShopFloor floor) {
    return floor
        .rows(TAKINGS)
        .sort("sold_on")
        .selectExpr("concat_ws(' ', sold_on, orders)")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .collect(Collectors.joining(", "));
  }

  private static String name(JobOutcome outcome) {
    return outcome.getClass().getSimpleName();
  }
}
