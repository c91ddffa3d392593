package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.SetRule.Severity;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Meanwhile;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackfillProductTest {
  private static final String NO_ROWS =
      "SELECT DATE'2026-03-01' AS sold_on, 'x' AS place, 1L AS orders,"
          + " CAST(1 AS DECIMAL(20,2)) AS takings LIMIT 0";
  private static final String WRONG = NO_ROWS.replace("LIMIT 0", "");

  private final Product audited =
      AProduct.takingsByDay()
          .mustBeZero(
              "none_lost",
              Severity.BLOCK,
              "SELECT (SELECT coalesce(sum(orders), 0) FROM {object}) - (SELECT count(*) FROM"
                  + " orders)")
          .product();

  @Test
  void gapsAreFilledOneByOneAndNothingElseIsTouched() {
    ShopFloor floor = fiveDays("gaps");
    floor.spoil(audited, "2026-03-02", NO_ROWS);
    floor.spoil(audited, "2026-03-04", NO_ROWS);
    Head before = head(floor);

    StepFigures figures = done(backfill(floor, Mode.FILL_GAPS));

    assertThat(figures.notes())
        .containsEntry("partitions", 2L)
        .containsEntry("pieces", 2L)
        .containsEntry("rows.old", 0L)
        .containsEntry("rows.new", 2L)
        .containsEntry("keys.came", 2L)
        .containsEntry("sum.orders.new", 2L);
    assertThat(head(floor)).isEqualTo(new Head(0, before.edition() + 2, before.lanes()));
    assertThat(touchedSince(floor, before)).isEqualTo(days("2026-03-02", "2026-03-04"));
    DatasetAssert.assertSameRows(floor.wholly(audited), floor.rows(audited));
    assertThat(backfill(floor, Mode.FILL_GAPS)).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(floor.backfill(audited, range(Mode.FILL_GAPS), BackfillObserver.NONE).plan())
        .matches(plan -> plan.nothingToDo());
  }

  @Test
  void aPartitionWhoseEventsGiveNoRowsIsNoGapForEver() {
    Product few =
        AProduct.takingsByDay()
            .withSql(
                AProduct.takingsByDay().sql().replace("GROUP BY", "WHERE o.amount < 0 GROUP BY"))
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("bfnone", few));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(few);
    Head before = floor.lake().head(floor.table(few));

    JobOutcome outcome = floor.backfill(few, range(Mode.FILL_GAPS), BackfillObserver.NONE).run();

    assertThat(outcome).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(floor.lake().head(floor.table(few))).isEqualTo(before);
  }

  @Test
  void forceComputesAllOfTheRangeAgainAndShowsOldAgainstNew() {
    ShopFloor floor = fiveDays("forced");
    floor.spoil(audited, "2026-03-03", WRONG.replace("03-01", "03-03"));
    Head before = head(floor);
    List<String> said = new ArrayList<>();

    StepFigures figures = done(floor.backfill(audited, range(Mode.FORCE), saying(said)).run());

    assertThat(figures.notes())
        .containsEntry("partitions", 3L)
        .containsEntry("rows.old", 3L)
        .containsEntry("keys.came", 1L)
        .containsEntry("keys.went", 1L)
        .containsEntry("keys.changed", 0L);
    assertThat(touchedSince(floor, before))
        .isEqualTo(days("2026-03-02", "2026-03-03", "2026-03-04"));
    assertThat(said.get(1)).startsWith("2026-03-04: rows 1 -> 1");
    assertThat(said.get(3)).startsWith("2026-03-02: ");
    DatasetAssert.assertSameRows(floor.wholly(audited), floor.rows(audited));
  }

  @Test
  void changedRecomputesTheDaysThatStageTouchedAndThenNothing() {
    ShopFloor floor = fiveDays("bfchanged");
    floor.rewrite("2026-03-02", Order.on("2026-03-02", 2), Order.on("2026-03-02", 20));
    floor.rewrite("2026-03-04");
    Head before = head(floor);

    StepFigures figures = done(backfill(floor, Mode.CHANGED));

    assertThat(figures.notes())
        .containsEntry("partitions", 2L)
        .containsEntry("rows.old", 2L)
        .containsEntry("rows.new", 1L)
        .containsEntry("keys.went", 2L)
        .containsEntry("sum.orders.old", 2L)
        .containsEntry("sum.orders.new", 2L);
    assertThat(touchedSince(floor, before)).isEqualTo(days("2026-03-02", "2026-03-04"));
    DatasetAssert.assertSameRows(floor.wholly(audited), floor.rows(audited));
    assertThat(backfill(floor, Mode.CHANGED)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aKilledBackfillIsGoneOnWithWhereItStopped() {
    ShopFloor floor = fiveDays("bfkilled");
    Head before = head(floor);
    Meanwhile.beforeCommitsTo(
        floor.table(audited),
        1,
        () ->
            Meanwhile.beforeCommitsTo(
                floor.table(audited),
                1,
                () -> {
                  throw new IllegalStateException("killed");
                }));
    assertThatThrownBy(() -> backfill(floor, Mode.FORCE)).hasMessageContaining("killed");
    assertThat(head(floor).edition()).isEqualTo(before.edition() + 1);

    StepFigures figures = done(backfill(floor, Mode.FORCE));

    assertThat(figures.notes()).containsEntry("partitions", 2L);
    assertThat(head(floor).edition()).isEqualTo(before.edition() + 3);
    assertThat(done(backfill(floor, Mode.FORCE)).notes()).containsEntry("partitions", 3L);
    DatasetAssert.assertSameRows(floor.wholly(audited), floor.rows(audited));
  }

  @Test
  void whatIsRefinedMeanwhileIsNotLost() {
    ShopFloor floor = fiveDays("bfraced");
    Meanwhile.beforeCommitsTo(
        floor.table(audited),
        1,
        () -> {
          floor.sell(Order.on("2026-03-03", 30));
          assertThat(floor.refine(audited)).isInstanceOf(JobOutcome.Done.class);
        });

    done(backfill(floor, Mode.FORCE));

    assertThat(floor.lake().head(floor.stage()).edition()).isEqualTo(2);
    DatasetAssert.assertSameRows(floor.wholly(audited), floor.rows(audited));
    assertThat(floor.refine(audited)).isInstanceOf(JobOutcome.NothingToDo.class);
  }

  @Test
  void aPieceThatBreaksARuleIsNotPublished() {
    ShopFloor floor = fiveDays("bfblocked");
    floor.spoil(audited, "2026-03-03", NO_ROWS);
    Product strict =
        AProduct.takingsByDay()
            .mustBeZero("none", Severity.BLOCK, "SELECT count(*) FROM {object}")
            .product();
    Head before = head(floor);

    JobOutcome outcome = floor.backfill(strict, range(Mode.FILL_GAPS), BackfillObserver.NONE).run();

    assertThat(outcome).isInstanceOf(JobOutcome.Blocked.class);
    assertThat(((JobOutcome.Blocked) outcome).sample()).isNotEmpty();
    assertThat(((JobOutcome.Blocked) outcome).figures().balances()).isTrue();
    assertThat(head(floor)).isEqualTo(before);
    assertThat(floor.lake().table(floor.table(audited)).refs()).hasSize(1);
  }

  /** Five days of one order each, refined. */
  private ShopFloor fiveDays(String name) {
    ShopFloor floor = ShopFloor.open(Shop.of(name, audited));
    List<Order> orders = new ArrayList<>();
    for (int day = 1; day <= 5; day++) {
      orders.add(Order.on("2026-03-0" + day, day));
    }
    floor.sell(orders);
    assertThat(floor.refine(audited)).isInstanceOf(JobOutcome.Done.class);
    return floor;
  }

  private JobOutcome backfill(ShopFloor floor, Mode mode) {
    return floor.backfill(audited, range(mode), BackfillObserver.NONE).run();
  }

  /** The second day to the fourth. */
  private static BackfillRange range(Mode mode) {
    return new BackfillRange(
        Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-05T00:00:00Z"), mode, true);
  }

  private static BackfillObserver saying(List<String> lines) {
    return new BackfillObserver() {
      @Override
      public void beforePiece() {}

      @Override
      public void say(String line) {
        lines.add(line);
      }
    };
  }

  private Head head(ShopFloor floor) {
    return floor.lake().head(floor.table(audited));
  }

  private Touched touchedSince(ShopFloor floor, Head before) {
    return Heads.touchedSince(floor.lake().table(floor.table(audited)), before.edition());
  }

  private static Touched days(String... days) {
    return Touched.of(List.of(days));
  }

  private static StepFigures done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures();
  }
}
