package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImpliedTimesTest {
  private static final ShopFloor FLOOR = ShopFloor.open(Shop.of("implied"));

  static {
    List<Order> orders = new ArrayList<>();
    for (String time :
        List.of(
            "2025-12-31T23:59:59.999999Z",
            "2026-01-01T00:00:00Z",
            "2026-01-31T12:00:00Z",
            "2026-02-01T00:00:00Z",
            "2026-02-28T23:59:59.999999Z",
            "2026-03-01T00:00:00Z",
            "2026-03-02T00:00:00Z",
            "2026-12-31T23:59:59Z",
            "2027-01-01T00:00:00Z")) {
      orders.add(new Order(orders.size(), Instant.parse(time), 1, "1.00", Optional.empty()));
    }
    FLOOR.sell(orders);
  }

  static Stream<Arguments> expressions() {
    return Stream.of(
        Arguments.of("cast(sold_at AS date)", Simple.DATE),
        Arguments.of("date(sold_at)", Simple.DATE),
        Arguments.of("cast(date_trunc('HOUR', sold_at) AS date)", Simple.DATE),
        Arguments.of("cast(date_trunc('week', sold_at) AS date)", Simple.DATE),
        Arguments.of("cast(date_trunc('MONTH', sold_at) AS date)", Simple.DATE),
        Arguments.of("cast(date_trunc('QUARTER', sold_at) AS date)", Simple.DATE),
        Arguments.of("date_trunc('YEAR', sold_at)", Simple.TIMESTAMP),
        Arguments.of("date_trunc('DAY', sold_at)", Simple.TIMESTAMP));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void everyRowOfAPartitionIsWithinItsTimes(String affects, Simple type) {
    MapToPartition map = map(affects, type);
    Dataset<Row> all = map.added(orders());
    List<String> texts =
        all
            .select(map.values().text(all.col(MapToPartition.COLUMN)))
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(texts).hasSizeGreaterThan(1);

    for (int from = 0; from < texts.size(); from++) {
      List<String> some = texts.subList(from, Math.min(texts.size(), from + 2));
      DatasetAssert.assertSameRows(
          all.where(map.values().isOneOf(all.col(MapToPartition.COLUMN), some))
              .drop(MapToPartition.COLUMN),
          map.only(orders(), Touched.of(some)));
    }
  }

  @Test
  void theTableIsAskedForThoseTimesOnly() {
    MapToPartition map = map("cast(sold_at AS date)", Simple.DATE);

    String plan = plan(map.only(orders(), Touched.of(List.of("2026-03-02", "~"))));

    assertThat(plan).containsPattern("filters=.*sold_at IS NULL.*sold_at >= .*sold_at < ");
    assertThat(plan(map.added(orders()))).doesNotContain("sold_at >= ");
  }

  @Test
  void anExpressionOfAnotherFormIsLeftToTheExactFilter() {
    MapToPartition map = map("make_date(year(sold_at), 1, 1)", Simple.DATE);

    assertThat(map.only(orders(), Touched.of(List.of("2026-01-01"))).count()).isEqualTo(7);
  }

  private static String plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }

  private static Dataset<Row> orders() {
    return new TakeInputs(FLOOR.lake(), FLOOR.contract(), FLOOR.contract().tenants().get(0))
        .of(AProduct.takingsByDay().product(), Head.NONE)
        .get(0)
        .rows(FLOOR.lake());
  }

  private static MapToPartition map(String affects, Simple type) {
    Product.Input input = new Product.Input("orders", Optional.of(affects));
    Product product =
        new Product("p", "", Map.of(), List.of(input), "p", List.of(), List.of(), Optional.empty());
    return new MapToPartition(FLOOR.lake(), product, new PartitionValues("p", type), input);
  }
}
