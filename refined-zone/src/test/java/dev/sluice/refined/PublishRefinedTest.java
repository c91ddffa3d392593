package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.SetRule.Severity;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Meanwhile;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PublishRefinedTest {
  private static final String TOO_MANY =
      "SELECT count(*) FROM {object} WHERE orders > 2 OR place IS NULL";
  private static final String LOST =
      "SELECT (SELECT coalesce(sum(orders), 0) FROM {object}) - (SELECT count(*) FROM orders)";

  private final Product audited =
      AProduct.takingsByDay()
          .mustBeZero("not_too_many", Severity.BLOCK, TOO_MANY)
          .mustBeZero("none_lost", Severity.BLOCK, LOST)
          .product();
  private final Product plain = AProduct.takingsByDay().product();

  @Test
  void aBrokenRulePublishesNothingAndSaysWhichFiguresAndRows() {
    ShopFloor floor = ShopFloor.open(Shop.of("blocked", audited));
    floor.sell(Order.on("2026-03-01", 1));
    floor.refine(audited);
    Head before = floor.lake().head(floor.table(audited));
    floor.sell(Order.on("2026-03-01", 2), Order.on("2026-03-01", 3));

    JobOutcome outcome = floor.refine(audited);

    assertThat(outcome).isInstanceOf(JobOutcome.Blocked.class);
    JobOutcome.Blocked blocked = (JobOutcome.Blocked) outcome;
    assertThat(blocked.results()).hasSize(2);
    assertThat(blocked.results().get(0).rule()).isEqualTo("not_too_many");
    assertThat(blocked.results().get(0).measured()).isEqualTo(1);
    assertThat(blocked.results().get(0).held()).isFalse();
    assertThat(blocked.results().get(1).held()).isTrue();
    assertThat(blocked.sample()).hasSize(1).first().asString().contains("\"orders\":3");
    assertThat(blocked.figures().published()).isZero();
    assertThat(blocked.figures().balances()).isTrue();
    assertThat(floor.lake().head(floor.table(audited))).isEqualTo(before);
    assertThat(floor.rows(audited).collectAsList().get(0).getLong(2)).isEqualTo(1);
    assertThat(branches(floor, audited)).isEqualTo(1);
  }

  @Test
  void aBlockedIntervalIsTakenOnceItsRowsHold() {
    ShopFloor floor = ShopFloor.open(Shop.of("unblocked", audited));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-01", 2), Order.on("2026-03-01", 3));
    assertThat(floor.refine(audited)).isInstanceOf(JobOutcome.Blocked.class);

    floor.rewrite("2026-03-01", Order.on("2026-03-01", 1));

    assertThat(floor.refine(audited)).isInstanceOf(JobOutcome.Done.class);
    DatasetAssert.assertSameRows(floor.wholly(audited), floor.rows(audited));
  }

  @Test
  void aWarningPublishesAndIsReported() {
    Product warned =
        AProduct.takingsByDay().mustBeZero("not_any", Severity.WARN, TOO_MANY).product();
    ShopFloor floor = ShopFloor.open(Shop.of("warned", warned));
    floor.sell(Order.on("2026-03-01", 1), Order.on("2026-03-01", 2), Order.on("2026-03-01", 3));

    JobOutcome outcome = floor.refine(warned);

    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    assertThat(((JobOutcome.Done) outcome).figures().rules().get(0).held()).isFalse();
    assertThat(floor.rows(warned).count()).isEqualTo(1);
  }

  @Test
  void whenAnotherRunPublishesTheSameFirstThereIsNothingLeftToDo() {
    ShopFloor floor = ShopFloor.open(Shop.of("twins", plain));
    floor.sell(Order.on("2026-03-01", 1));
    Meanwhile.beforeCommitsTo(
        floor.table(plain),
        1,
        () -> assertThat(floor.refine(plain)).isInstanceOf(JobOutcome.Done.class));

    JobOutcome outcome = floor.refine(plain);

    assertThat(outcome).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(floor.lake().head(floor.table(plain)).edition()).isEqualTo(1);
    assertThat(branches(floor, plain)).isEqualTo(1);
  }

  @Test
  void whenMainMovesOnWithMoreNewsAllIsComputedAgainFromThere() {
    ShopFloor floor = ShopFloor.open(Shop.of("rebuilt", audited));
    floor.sell(Order.on("2026-03-01", 1));
    Meanwhile.beforeCommitsTo(
        floor.table(audited),
        1,
        () -> {
          floor.refine(audited);
          floor.sell(Order.on("2026-03-02", 2));
        });

    JobOutcome outcome = floor.refine(audited);

    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    assertThat(((JobOutcome.Done) outcome).figures().notes()).containsEntry("partitions", 1L);
    DatasetAssert.assertSameRows(floor.wholly(audited), floor.rows(audited));
    assertThat(floor.lake().head(floor.table(audited)).edition()).isEqualTo(2);
  }

  @Test
  void whenMainMovesEveryTimeTheRunGivesUpAsBusy() {
    ShopFloor floor = ShopFloor.open(Shop.of("busy", plain));
    floor.sell(Order.on("2026-03-01", 0));
    AtomicLong oid = new AtomicLong(1);
    Meanwhile.beforeCommitsTo(
        floor.table(plain),
        Integer.MAX_VALUE,
        () -> {
          floor.refine(plain);
          floor.sell(Order.on("2026-03-01", oid.getAndIncrement()));
        });

    JobOutcome outcome = floor.refine(plain);
    Meanwhile.nothingAnyMore(floor.table(plain));

    assertThat(outcome).isInstanceOf(JobOutcome.Busy.class);
    assertThat(oid.get()).isGreaterThanOrEqualTo(4);
    assertThat(branches(floor, plain)).isEqualTo(1);
    assertThat(floor.refine(plain)).isInstanceOf(JobOutcome.Done.class);
    DatasetAssert.assertSameRows(floor.wholly(plain), floor.rows(plain));
  }

  @Test
  void whatIsCommittedAfterTheInputsWereTakenDoesNotLeakIn() {
    ShopFloor floor = ShopFloor.open(Shop.of("noleak", audited));
    floor.sell(Order.on("2026-03-01", 1));
    TakeInputs take =
        new TakeInputs(floor.lake(), floor.contract(), floor.contract().tenants().get(0));
    ProductInput orders = take.of(audited, Head.NONE).get(0);

    floor.sell(Order.on("2026-03-01", 2));

    assertThat(orders.news().until()).isEqualTo(2);
    assertThat(orders.rows(floor.lake()).count()).isEqualTo(1);
    assertThat(orders.newRows(floor.lake()).count()).isEqualTo(1);
  }

  @Test
  void whatIsCommittedWhilePublishingComesWithTheNextRun() {
    ShopFloor floor = ShopFloor.open(Shop.of("nextrun", audited));
    floor.sell(Order.on("2026-03-01", 1));
    Meanwhile.beforeCommitsTo(floor.table(audited), 1, () -> floor.sell(Order.on("2026-03-01", 2)));

    assertThat(floor.refine(audited)).isInstanceOf(JobOutcome.Done.class);
    assertThat(floor.rows(audited).first().getLong(2)).isEqualTo(1);
    assertThat(floor.lake().head(floor.table(audited)).lanes().at(Lane.ofTable(floor.stage())))
        .isEqualTo(2);

    assertThat(floor.refine(audited)).isInstanceOf(JobOutcome.Done.class);
    assertThat(floor.rows(audited).first().getLong(2)).isEqualTo(2);
  }

  private static int branches(ShopFloor floor, Product product) {
    return floor.lake().table(floor.table(product)).refs().size();
  }
}
