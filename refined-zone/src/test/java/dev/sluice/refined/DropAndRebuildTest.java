package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.RecipesInMemory;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DropAndRebuildTest {
  private final Product takings = AProduct.takingsByDay().product();
  private final RecipesInMemory recipes = new RecipesInMemory();

  @Test
  void aDroppedProductComesBackEqualAndGoesOnFromThere() {
    ShopFloor floor = sold("dropped");
    Head before = floor.lake().head(floor.table(takings));
    List<Row> rows = floor.rows(takings).sort("sold_on", "place").collectAsList();

    assertThat(floor.drop(takings, recipes)).isInstanceOf(JobOutcome.Done.class);
    assertThat(floor.lake().exists(floor.table(takings))).isFalse();
    floor.sell(Order.on("2026-03-02", 9).of("7.00"));
    StepFigures figures = done(floor.rebuild(takings, recipes).run());

    assertThat(figures.notes()).containsEntry("checksumEqual", 1L);
    assertThat(floor.rows(takings).sort("sold_on", "place").collectAsList()).isEqualTo(rows);
    Head after = floor.lake().head(floor.table(takings));
    assertThat(after).isEqualTo(new Head(before.epoch(), before.edition() + 1, before.lanes()));
    assertThat(floor.rebuild(takings, recipes).run()).isInstanceOf(JobOutcome.NothingToDo.class);

    assertThat(done(floor.refine(takings)).notes()).containsEntry("partitions", 1L);
    DatasetAssert.assertSameRows(floor.wholly(takings), floor.rows(takings));
  }

  @Test
  void whereSnapshotsAreGoneEditionsTellWhatWasThere() {
    ShopFloor floor = sold("bare");
    floor.drop(takings, recipes);
    floor.sell(Order.on("2026-03-02", 9).of("7.00"));
    expireSnapshots(floor.lake().table(floor.stage()));

    assertThat(done(floor.rebuild(takings, recipes).run()).notes())
        .containsEntry("checksumEqual", 1L);
  }

  @Test
  void whereAnInputWasRewrittenAndItsSnapshotIsGoneTheProductDiffersAndSaysWhy() {
    ShopFloor floor = sold("rewritten");
    floor.drop(takings, recipes);
    floor.rewrite("2026-03-02", Order.on("2026-03-02", 8).of("3.00"));
    expireSnapshots(floor.lake().table(floor.stage()));

    StepFigures figures = done(floor.rebuild(takings, recipes).run());

    assertThat(figures.notes()).containsEntry("checksumEqual", 0L);
    assertThat(figures.notes().keySet())
        .anyMatch(note -> note.startsWith("differs: rows of " + floor.stage()));
    DatasetAssert.assertSameRows(floor.wholly(takings), floor.rows(takings));
    assertThat(floor.refine(takings)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void rowsWhoseRetentionIsOverDoNotComeBackInAProductThatWasDroppedBefore() {
    ShopFloor floor = sold("expired");
    floor.drop(takings, recipes);
    floor.expireStageBefore("2026-03-02");

    StepFigures figures = done(floor.rebuild(takings, recipes).run());

    assertThat(figures.notes()).containsEntry("checksumEqual", 0L);
    assertThat(figures.notes().keySet())
        .anyMatch(note -> note.startsWith("differs: rows of " + floor.stage()));
    assertThat(floor.rows(takings).where("sold_on < DATE'2026-03-02'").count()).isZero();
    DatasetAssert.assertSameRows(floor.wholly(takings), floor.rows(takings));
  }

  @Test
  void sqlThatDoesNotGiveTheSameTwiceIsNotPublished() {
    Product moody =
        AProduct.takingsByDay()
            .withSql(
                takings.sql().replace("count(*)", "count(*) + cast(rand() * 1000000000 AS bigint)"))
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("moody", moody));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(moody);
    floor.drop(moody, recipes);

    JobOutcome outcome = floor.rebuild(moody, recipes).run();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            JobOutcome.Failed.class,
            failed -> assertThat(failed.what()).contains("does not come back as it was"));
    assertThat(floor.lake().head(floor.table(moody)).edition()).isZero();
  }

  private ShopFloor sold(String name) {
    ShopFloor floor = ShopFloor.open(Shop.of(name, takings));
    floor.name(Map.of(1L, "north", 2L, "south"));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-02", 2).at(2));
    floor.refine(takings);
    floor.sell(Order.on("2026-03-03", 3).of("2.50"));
    floor.refine(takings);
    return floor;
  }

  private static void expireSnapshots(Table table) {
    table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures();
  }
}
