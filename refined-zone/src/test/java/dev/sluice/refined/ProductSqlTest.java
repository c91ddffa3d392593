package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.SetRule.Severity;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.fixture.AProduct;
import dev.sluice.refined.fixture.Order;
import dev.sluice.refined.fixture.Shop;
import dev.sluice.refined.fixture.ShopFloor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductSqlTest {

  @Test
  void parametersAreBoundInTheSqlAndInWhatAnInputAffects() {
    Product product =
        AProduct.ofOrders(
                "by_period",
                """
                SELECT cast(date_trunc(:period, o.sold_at) AS date) AS period_start,
                  count(*) AS orders
                FROM orders o
                WHERE o.amount >= :least
                GROUP BY cast(date_trunc(:period, o.sold_at) AS date)
                """,
                "period_start",
                "cast(date_trunc(:period, sold_at) AS date)")
            .with("period", "MONTH")
            .with("least", 2)
            .column("period_start", Simple.DATE)
            .column("orders", Simple.BIGINT)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("params", product));
    floor.sell(Order.on("2026-03-01", 1).of("2.00"), Order.on("2026-03-31", 2).of("3.00"));
    floor.sell(Order.on("2026-04-02", 3).of("1.99"), Order.on("2026-04-03", 4).of("9.00"));

    floor.refine(product);

    assertThat(text(floor, product)).containsExactly("2026-03-01 2", "2026-04-01 1");
    floor.sell(Order.on("2026-04-05", 5).of("9.00"));
    floor.refine(product);
    assertThat(text(floor, product)).containsExactly("2026-03-01 2", "2026-04-01 2");
  }

  @Test
  void aParameterIsAValueAndNeverSql() {
    Product product =
        AProduct.ofOrders(
                "by_code",
                "SELECT o.detail.code AS code FROM orders o WHERE o.detail.code <> :never",
                "code",
                "detail.code")
            .with("never", "x' OR '1'='1")
            .column("code", Simple.STRING)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("inject", product));
    floor.sell(Order.on("2026-03-01", 1).coded(Optional.of("x' OR '1'='1")));

    floor.refine(product);

    assertThat(floor.rows(product).count()).isZero();
  }

  @Test
  void nestedPartsArraysDecimalsAndDatesComeThrough() {
    Product product =
        AProduct.ofOrders(
                "copies",
                """
                SELECT o.order_oid, cast(o.sold_at AS date) AS sold_on, o.sold_at, o.amount, o.tags,
                  o.detail
                FROM orders o
                """,
                "sold_on",
                "cast(sold_at AS date)")
            .required("order_oid", Simple.BIGINT)
            .required("sold_on", Simple.DATE)
            .column("sold_at", Simple.TIMESTAMP)
            .column("amount", new ColumnType.Decimal(10, 2))
            .column("tags", new ColumnType.Array(Simple.STRING))
            .column("detail", Shop.DETAIL)
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("nested", product));
    floor.sell(Order.on("2026-03-01", 1).of("12345678.90"), Order.on("2026-03-02", 2));

    assertThat(floor.refine(product)).isInstanceOf(JobOutcome.Done.class);

    DatasetAssert.assertSameRows(floor.wholly(product), floor.rows(product));
    assertThat(
            floor
                .rows(product)
                .where("order_oid = 1")
                .selectExpr("to_json(struct(*))")
                .first()
                .getString(0))
        .contains("12345678.90", "[\"a\",null,\"b\"]", "{\"code\":\"std\",\"sizes\":[1,1]}");
  }

  @Test
  void everyDifferenceToTheDeclaredColumnsIsNamed() {
    Product product =
        AProduct.ofOrders(
                "differs",
                "SELECT cast(o.sold_at AS date) AS sold_on, o.amount AS price, o.order_oid FROM orders o",
                "sold_on",
                "cast(sold_at AS date)")
            .column("sold_on", Simple.DATE)
            .column("order_oid", Simple.INT)
            .column("takings", new ColumnType.Decimal(20, 2))
            .product();

    JobOutcome.Failed failed = refused("differs", product);

    assertThat(failed.kind()).isEqualTo(FailureKind.SETUP);
    assertThat(failed.what())
        .contains(
            "order_oid is declared int and given as bigint",
            "takings decimal(20,2) is declared and not given",
            "price decimal(10,2) is given and not declared")
        .doesNotContain("sold_on");
  }

  @Test
  void whatAnInputAffectsMustBeOfThePartitionColumnsType() {
    Product product =
        AProduct.ofOrders(
                "affected",
                "SELECT cast(o.sold_at AS date) AS sold_on FROM orders o",
                "sold_on",
                "sold_at")
            .column("sold_on", Simple.DATE)
            .product();

    assertThat(refused("affected", product).what()).contains("date", "timestamp", "sold_on");
  }

  @Test
  void sqlThatDoesNotAnalyseIsAMatterForAPerson() {
    Product product =
        AProduct.ofOrders(
                "broken",
                "SELECT nowhere AS sold_on FROM orders o",
                "sold_on",
                "cast(sold_at AS date)")
            .column("sold_on", Simple.DATE)
            .product();

    JobOutcome.Failed failed = refused("broken", product);

    assertThat(failed.kind()).isEqualTo(FailureKind.SETUP);
    assertThat(failed.what()).contains("broken", "nowhere", "To do");
  }

  @Test
  void aCommandIsRefusedBeforeItActs(@TempDir Path folder) {
    Product product =
        AProduct.ofOrders(
                "acts",
                "WITH x AS (SELECT * FROM orders) INSERT OVERWRITE DIRECTORY '"
                    + folder.resolve("out")
                    + "' USING parquet SELECT * FROM x",
                "sold_on",
                "cast(sold_at AS date)")
            .column("sold_on", Simple.DATE)
            .product();

    assertThat(refused("acts", product).what()).contains("acts", "must be a query", "To do");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTableThatDoesNotExistIsNamedByRunAndPlan() {
    Product product = AProduct.takingsByDay().product();
    ShopFloor floor = ShopFloor.open(Shop.of("notables"));

    assertThat(((JobOutcome.Failed) floor.refine(product)).what())
        .contains("notables_refined.takings_by_day", "apply the contract");
    assertThat(floor.job(product).plan().nothingToDo()).isFalse();
    assertThat(floor.job(product).plan().lines()).first().asString().startsWith("would fail");
  }

  @Test
  void aRuleThatDoesNotAnalyseLeavesNoBranchBehind() {
    Product product =
        AProduct.takingsByDay()
            .mustBeZero("wrong", Severity.BLOCK, "SELECT count(nowhere) FROM {object}")
            .product();
    ShopFloor floor = ShopFloor.open(Shop.of("wrongrule", product));
    floor.sell(Order.on("2026-03-01", 1));

    assertThat(floor.refine(product)).isInstanceOf(JobOutcome.Failed.class);
    assertThat(floor.lake().table(floor.table(product)).refs()).isEmpty();
  }

  @Test
  void aTableThatIsNoInputCannotBeRead() {
    ShopFloor other = ShopFloor.open(Shop.of("elsewhere"));
    for (String sql :
        List.of(
            "SELECT cast(o.sold_at AS date) AS sold_on FROM %s o",
            "SELECT cast(o.sold_at AS date) AS sold_on FROM orders o WHERE o.order_oid IN (SELECT order_oid FROM %s)",
            "WITH x AS (SELECT * FROM %s) SELECT cast(o.sold_at AS date) AS sold_on FROM orders o JOIN x USING (order_oid)")) {
      Product product =
          AProduct.ofOrders(
                  "peeks",
                  sql.formatted(other.lake().sql(other.stage())),
                  "sold_on",
                  "cast(sold_at AS date)")
              .column("sold_on", Simple.DATE)
              .product();

      JobOutcome.Failed failed = refused("peeks", product);

      assertThat(failed.what()).contains("lake.elsewhere_stage.orders", "inputs");
    }
  }

  @Test
  void twoTenantsTablesOfOneNameStayApart() {
    Product product = AProduct.takingsByDay().product();
    ShopFloor one = ShopFloor.open(Shop.of("tenantone", product));
    ShopFloor two = ShopFloor.open(Shop.of("tenanttwo", product));
    one.sell(Order.on("2026-03-01", 1));
    two.sell(Order.on("2026-03-02", 1));

    one.refine(product);
    two.refine(product);

    assertThat(one.rows(product).first().getDate(0)).hasToString("2026-03-01");
    assertThat(two.rows(product).first().getDate(0)).hasToString("2026-03-02");
  }

  private static JobOutcome.Failed refused(String tenant, Product product) {
    ShopFloor floor = ShopFloor.open(Shop.of(tenant, product));
    floor.sell(Order.on("2026-03-01", 1));
    JobOutcome outcome = floor.refine(product);
    assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
    assertThat(floor.lake().head(floor.table(product)).edition()).isZero();
    return (JobOutcome.Failed) outcome;
  }

  private static List<String> text(ShopFloor floor, Product product) {
    return floor
        .rows(product)
        .selectExpr("concat_ws(' ', period_start, orders) AS text")
        .sort("text")
        .as(Encoders.STRING())
        .collectAsList();
  }
}
