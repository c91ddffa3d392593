package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.contract.read.Fault;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports of cells, judged by the SQL that makes them. */
class LeavingCellsTest {
  private static final Path GOOD = Path.of("../contract/src/test/resources/small");
  private static final String FILE = "sql/sales_by_region.sql";

  @TempDir private Path folder;
  private String sql = "";

  @BeforeEach
  void copy() throws IOException {
    Files.createDirectories(folder.resolve("sql"));
    Files.copy(GOOD.resolve("orders.odcs.yaml"), folder.resolve("orders.odcs.yaml"));
    sql = Files.readString(GOOD.resolve(FILE));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      count(DISTINCT o.customer) | count(*) | must give the contributors column customers as count(DISTINCT ...) of orders.customer
      count(DISTINCT o.customer) | count(o.customer) | must give the contributors column
      count(DISTINCT o.customer) | count(DISTINCT o.number) | must give the contributors column
      count(DISTINCT o.customer) | count(DISTINCT concat(o.customer, o.number)) | must give the contributors column
      count(DISTINCT o.customer) | count(DISTINCT o.customer) + 5 | must give the contributors column
      count(DISTINCT o.customer) | max(9L) OVER () | must give the contributors column
      count(*) AS | max(unix_seconds(o.ordered_at)) AS | takes single values
      count(*) AS | cast(length(concat_ws(',', collect_list(s.region))) AS bigint) AS | takes single values
      count(*) AS | cast(max(length(o.lines[0].article)) AS bigint) AS | takes single values
      count(*) AS | cast((SELECT max(length(region)) FROM shops) AS bigint) AS | takes single values
      count(*) AS | lag(count(*)) OVER (PARTITION BY s.region ORDER BY cast(o.ordered_at AS date)) AS | values of other cells beside a cell, by windows (lag)
      count(*) AS | first_value(count(*)) OVER (ORDER BY s.region) AS | by windows (first
      count(*) AS | sum(count(*)) OVER (PARTITION BY s.region) AS | by windows (sum)
      count(*) AS | coalesce(max(count(*)) OVER (PARTITION BY s.region), 0L) AS | by windows (max)
      count(*) AS | max(unix_seconds(max(o.ordered_at))) OVER (PARTITION BY s.region) AS | by windows (max)
      """)
  void cellsAreOfCountedSubjectsAndShowNoSingleOne(String good, String broken, String message)
      throws IOException {
    assertThat(faults(sql.replace(good, broken)))
        .singleElement()
        .matches(f -> f.message().contains(message));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      cast(max(o.total) AS bigint) AS
      cast(avg(o.total) + stddev(o.total) AS bigint) AS
      sum(unix_seconds(o.ordered_at)) AS
      count(DISTINCT o.number) FILTER (WHERE s.region = 'x') AS
      cast(max(o.lines.price[0]) AS bigint) AS
      cast(rank() OVER (PARTITION BY s.region ORDER BY count(*)) AS bigint) AS
      cast(row_number() OVER (PARTITION BY s.region ORDER BY max(o.ordered_at)) AS bigint) AS
      cast(length(s.region) AS bigint) AS
      (SELECT count(*) FROM shops) AS
      """)
  void whatIsOfAllOfACellMayLeave(String orders) throws IOException {
    assertThat(faults(sql.replace("count(*) AS", orders))).isEmpty();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      sum(n) | 1 | true
      cast(avg(n) + stddev(n) AS bigint) | 1 | true
      count(DISTINCT n) | 1 | true
      max(n) | 1 | false
      cast(max(spent) AS bigint) | 1 | false
      collect_list(n)[0] | 1 | false
      max(3 - turn) | 1 | false
      sum(n) | (SELECT count(*) FROM orders WHERE number = 1) | false
      sum(n) | cast(EXISTS (SELECT 1 FROM orders WHERE number = 1) AS bigint) | false
      """)
  void whatWasCountedOfOnePersonIsASingleValueToo(String orders, String beside, boolean may)
      throws IOException {
    String ofPersons =
        """
        WITH c AS (
          SELECT shop, customer, cast(ordered_at AS date) AS day, count(*) AS n,
            sum(total) AS spent, row_number() OVER (PARTITION BY customer ORDER BY shop) AS turn
          FROM orders WHERE total > :least GROUP BY shop, customer, cast(ordered_at AS date)),
        d AS (
          SELECT s.region, c.day, %s AS orders, count(DISTINCT c.customer) AS customers
          FROM c JOIN shops s ON s.shop = c.shop GROUP BY s.region, c.day)
        SELECT region, day, cast(orders * %s AS bigint) AS orders, customers FROM d
        """
            .formatted(orders, beside);

    List<Fault> faults = faults(ofPersons);

    assertThat(faults).allMatch(f -> f.message().contains("takes single values"));
    assertThat(faults.isEmpty()).isEqualTo(may);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      JOIN shops s ON s.shop = c.shop | true
      JOIN (SELECT shop, min(region) AS region FROM shops GROUP BY shop) s ON s.shop = c.shop | true
      JOIN (SELECT o.shop, max(s.region) AS region FROM orders o JOIN shops s USING (shop) GROUP BY o.shop) s ON s.shop = c.shop | false
      """)
  void afterTheCountNoEventsAreJoined(String join, boolean may) throws IOException {
    String joined =
        """
        WITH c AS (
          SELECT shop, cast(ordered_at AS date) AS day, count(*) AS orders,
            count(DISTINCT customer) AS known
          FROM orders WHERE total > :least GROUP BY shop, cast(ordered_at AS date))
        SELECT s.region, c.day, c.orders, c.known AS customers FROM c
        """
            + join;

    assertThat(faults(joined).isEmpty()).isEqualTo(may);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      /*+ REPARTITION(2) */      | coalesce(c.known, 0)       | LIMIT 5 OFFSET 1 | true
      /*+ REPARTITION(2, day) */ | c.known                  | OFFSET 1         | true
      /*+ REBALANCE */           | c.known                    | LIMIT 5          | true
      /*+ BROADCAST(c) */        | coalesce(c.known, 0L)      | ORDER BY c.day   | true
      /*+ BROADCAST(c) */        | coalesce(c.known, 5)       | ORDER BY c.day   | false
      /*+ BROADCAST(c) */        | coalesce(c.known, c.orders) | ORDER BY c.day  | false
      /*+ BROADCAST(c) */        | coalesce(c.orders, 0)      | ORDER BY c.day   | false
      """)
  void placesWithoutACellHaveNoContributors(String hint, String customers, String rows, boolean may)
      throws IOException {
    String everyShop =
        """
        WITH c AS (
          SELECT shop, cast(ordered_at AS date) AS day, count(*) AS orders,
            count(DISTINCT customer) AS known
          FROM orders WHERE total > :least GROUP BY shop, cast(ordered_at AS date))
        SELECT %s s.region, coalesce(c.day, DATE'2020-01-01') AS day,
          coalesce(c.orders, 0) AS orders, %s AS customers
        FROM shops s LEFT JOIN c ON c.shop = s.shop %s
        """
            .formatted(hint, customers, rows);

    assertThat(faults(everyShop).isEmpty()).isEqualTo(may);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"customer, true", "shop, false", "upper(customer), false"})
  void everyPartOfAUnionGivesSubjects(String who, boolean may) throws IOException {
    String union =
        """
        WITH o AS (
          SELECT shop, ordered_at, customer AS who FROM orders WHERE total > :least
          UNION ALL SELECT shop, ordered_at, %s FROM orders)
        SELECT s.region, cast(o.ordered_at AS date) AS day, count(*) AS orders,
          count(DISTINCT who) AS customers
        FROM o JOIN shops s ON s.shop = o.shop GROUP BY s.region, cast(o.ordered_at AS date)
        """
            .formatted(who);

    assertThat(faults(union).isEmpty()).isEqualTo(may);
  }

  private List<Fault> faults(String changed) throws IOException {
    assertThat(changed).isNotEqualTo(sql);
    Files.writeString(folder.resolve(FILE), changed);
    return AnalyseContractSql.analyse(
        SharedLake.lake().spark(), ContractFolder.examine(folder).contracts());
  }
}
