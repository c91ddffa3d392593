package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.contract.read.Fault;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyseContractSqlTest {
  private static final Path GOOD = Path.of("../contract/src/test/resources/small");
  private static final String YAML = "orders.odcs.yaml";
  private static final String SQL = "sql/sales_by_region.sql";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../contracts", "../../tests/src/test/resources/third-data-set"})
  void contractsThatAreRunAnalyse(String contracts) {
    assertThat(ContractFolder.examine(Path.of(contracts)).faults()).isEmpty();
    assertThat(faultsIn(Path.of(contracts))).isEmpty();
  }

  @Test
  void smallContractAnalyses() {
    assertThat(faultsIn(GOOD)).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      sql | o.shop <> 'sha1(' | o.shopp <> 'x' | 8 | does not analyse
      sql | count(*) AS orders | count(* AS orders | 5 | does not analyse
      sql | count(*) AS orders | count(*) AS sales | 1 | the SQL must give the declared columns
      sql | count(*) AS orders | cast(count(*) AS int) AS orders | 1 | the SQL must give the declared columns
      sql | count(*) AS orders | cast(rand() * 9 AS bigint) AS orders | 1 | gives another result each time
      sql | WHERE o.total | WHERE current_date() > DATE '2020-01-01' AND o.total | 1 | gives another result each time
      sql | LEFT JOIN shops s | LEFT JOIN csv.`/etc/hostname` s | 7 | the SQL reads csv./etc/hostname
      sql | WHERE o.total | WHERE EXISTS (SELECT 1 FROM text.`/etc/hostname`) AND o.total | 8 | the SQL reads text./etc/hostname
      sql | LEFT JOIN shops s ON | LEFT JOIN (SELECT TRANSFORM(shop) USING 'cat' AS (shop, region) FROM shops) s ON | 7 | it has ScriptTransformation
      sql | FROM orders o | FROM IDENTIFIER(concat('ord', 'ers')) o | 7 | must write names out
      sql | count(*) AS orders | count(`reflect`('java.lang.System', 'lineSeparator')) AS orders | 5 | must not call Java (reflect)
      sql | count(*) AS orders | count(IDENTIFIER(concat('sha', '2'))(o.shop, 256)) AS orders | 5 | must write names out
      sql | count(*) AS orders | count(IDENTIFIER('sha2')(o.shop, 256)) AS orders | 5 | names out
      sql | count(*) AS orders | count(xxhash64(1)) AS orders | 5 | the hash xxhash64 has no key
      sql | count(*) AS orders | count(sha(o.shop)) AS orders | 5 | the hash sha has no key
      sql | WHERE o.total | WHERE o.shop IN (SELECT md5(shop) FROM shops) AND o.total | 8 | the hash md5 has no key
      sql | WHERE o.total | WHERE 1 IN (SELECT id FROM range(9)) AND o.total | 8 | the SQL reads range(...)
      yaml | affects: cast(ordered_at AS date) | affects: cast(ordered AS date) | there | does not analyse
      yaml | affects: cast(ordered_at AS date) | affects: ordered_at | there | must give date
      yaml | affects: cast(ordered_at AS date) | affects: max(cast(ordered_at AS date)) | there | about one row
      yaml | expression: size(lines) > 0 | expression: "EXISTS (SELECT 1 FROM input)" | there | about one row
      yaml | expression: size(lines) > 0 | expression: size(lines) | there | must give boolean
      yaml | expression: size(lines) > 0 | expression: size(rows) > 0 | there | does not analyse
      yaml | metric: rowCount | type: sql, query: "SELECT max(shop) FROM {object}" | there | must give one number
      yaml | metric: rowCount | metric: duplicateValues, arguments: { properties: [shops] } | there | does not analyse
      """)
  void faultIsFoundAtItsLine(String file, String good, String broken, String at, String message)
      throws IOException {
    String path = file.equals("sql") ? SQL : YAML;
    replace(path, good, broken);
    String line = at.equals("there") ? lineOf(path, broken) : at;

    assertThat(faultsIn(folder))
        .anySatisfy(
            fault -> {
              assertThat(fault.message()).contains(message);
              assertThat(fault.file() + ":" + fault.line()).isEqualTo(path + ":" + line);
            });
  }

  /** Spark runs a command while it analyses it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH x AS (SELECT 1 AS a) INSERT OVERWRITE DIRECTORY '%s' USING csv SELECT a FROM x",
        "WITH x AS (SELECT 1 AS a)\nFROM x INSERT OVERWRITE LOCAL DIRECTORY '%s' USING csv SELECT a",
        "CREATE TABLE csv.`%s` AS SELECT 1 AS a",
      })
  void commandIsAFaultAndIsNotRun(String command) throws IOException {
    Path written = folder.resolve("written");
    replace(SQL, "FROM orders", "FROM orders");
    Files.writeString(folder.resolve(SQL), command.formatted(written));

    ContractFolder.Examined examined = ContractFolder.examine(folder);
    List<Fault> faults = new ArrayList<>(examined.faults());
    faults.addAll(AnalyseContractSql.analyse(SharedLake.lake().spark(), examined.contracts()));

    assertThat(faults)
        .anySatisfy(
            f -> {
              assertThat(f.file()).isEqualTo(SQL);
              assertThat(f.message()).containsAnyOf("must be a query", "must be one query");
            });
    assertThat(written).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      max(o.customer) AS region
      (SELECT max(customer) FROM orders) AS region
      concat('x', max(CASE WHEN o.total > 1 THEN o.customer END)) AS region
      first(o.shop) AS region
      first(s.shop) AS region
      """)
  void tokenOrKeyIsFollowedThroughTheSqlWhateverTheContractSays(String region) throws IOException {
    replace(SQL, "s.region,\n  cast", region + ",\n  cast");
    replace(SQL, "GROUP BY s.region, ", "GROUP BY ");

    assertThat(faultsIn(folder))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.message()).contains("into the exported column region");
              assertThat(f.file() + ":" + f.line())
                  .isEqualTo(YAML + ":" + lineOf(YAML, "transformSourceObjects: [shops.region] }"));
            });
  }

  @Test
  void tokenIsFollowedThroughNamedQueriesAndUnions() throws IOException {
    Files.createDirectories(folder.resolve("sql"));
    Files.copy(GOOD.resolve(YAML), folder.resolve(YAML));
    Files.writeString(
        folder.resolve(SQL),
        """
        WITH a AS (SELECT region AS r, customer AS c, cast(ordered_at AS date) AS d
                   FROM orders JOIN shops USING (shop)
                   UNION ALL SELECT customer, customer, cast(ordered_at AS date) FROM orders
                   WHERE total > :least),
             b AS (SELECT r, c, d, row_number() OVER (PARTITION BY d ORDER BY r) AS n FROM a)
        SELECT r AS region, d AS day, count(*) AS orders, count(DISTINCT c) AS customers
        FROM b WHERE n < 9 GROUP BY r, d
        """);

    assertThat(faultsIn(folder))
        .extracting(Fault::message)
        .containsExactly(
            "the SQL puts a token into the exported column region; tokens and keys never leave,"
                + " counts of them may");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      sql/returns_by_day.sql | count(DISTINCT order_number) | max(customer) | puts a token into the exported column orders
      sql/returns_by_day.sql | count(DISTINCT order_number) | max(order_number) | puts a key into the exported column orders
      sql/returns_by_day.sql | FROM orders | FROM orders WHERE sum_total > 0 | does not analyse
      returns.odcs.yaml | on: [shop] | on: [number] | the expression must give string
      returns.odcs.yaml | shops, joins: { table: returns, on: [shop] } | shops, affects: "cast(region AS date)" | does not analyse
      """)
  void tokensAndKeysOfAnotherContractAreFollowedToo(
      String file, String good, String broken, String message) throws IOException {
    replace(YAML, "status: draft", "status: draft");
    for (String each : List.of("returns.odcs.yaml", "sql/returns_by_day.sql")) {
      Files.copy(Path.of("../contract/src/test/resources/beside", each), folder.resolve(each));
    }
    assertThat(faultsIn(folder)).isEmpty();

    Files.writeString(
        folder.resolve(file), Files.readString(folder.resolve(file)).replace(good, broken));

    assertThat(faultsIn(folder)).anyMatch(fault -> fault.message().contains(message));
  }

  @Test
  void sixKindsOfFaultsInOneContractAreFoundTogether() throws IOException {
    replace(YAML, "status: draft", "status: draft\nmood: good");
    replace(YAML, "physicalType: date, classification: personal", "physicalType: date");
    replace(YAML, "- { table: shops }", "- { table: shops }\n            - { table: stores }");
    replace(YAML, "size(lines) > 0", "sizeof(lines) > 0");
    replace(YAML, "columns: [region, day, orders]", "columns: [region, day, orders, customers]");
    replace(SQL, "count(DISTINCT o.customer) AS", "length(max(md5(o.customer))) AS");

    ContractFolder.Examined examined = ContractFolder.examine(folder);
    String born = YAML + ":" + lineOf(YAML, "name: born");
    String stores = YAML + ":" + lineOf(YAML, "{ table: stores }");
    String rule = YAML + ":" + lineOf(YAML, "sizeof(lines)");
    String token = YAML + ":" + lineOf(YAML, "- { name: customers,");
    List<Fault> faults = new ArrayList<>(examined.faults());
    faults.addAll(AnalyseContractSql.analyse(SharedLake.lake().spark(), examined.contracts()));

    assertThat(faults)
        .extracting(f -> f.file() + ":" + f.line() + " " + f.message())
        .anySatisfy(m -> assertThat(m).startsWith(YAML + ":6 ").contains("unknown key 'mood'"))
        .anySatisfy(m -> assertThat(m).startsWith(born + " column born: unclassified"))
        .anySatisfy(m -> assertThat(m).startsWith(stores + " the input 'stores'"))
        .anySatisfy(m -> assertThat(m).startsWith(rule + " the SQL does not analyse"))
        .anySatisfy(m -> assertThat(m).startsWith(SQL + ":6 the hash md5 has no key"))
        .anySatisfy(
            m ->
                assertThat(m)
                    .startsWith(
                        token + " the SQL puts a token into the exported column customers"));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void brokenContractsAreAnalysedAsFarAsTheyGo(long seed) throws IOException {
    Random random = new Random(seed);
    String good = Files.readString(GOOD.resolve(YAML));
    String sql = Files.readString(GOOD.resolve(SQL));
    Files.createDirectories(folder.resolve("sql"));
    int analysed = 0;

    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve(YAML), withWordsMissing(good, 3, random));
      Files.writeString(folder.resolve(SQL), withWordsMissing(sql, 1, random));
      ContractFolder.Examined examined = ContractFolder.examine(folder);
      analysed += examined.contracts().size();
      assertThat(AnalyseContractSql.analyse(SharedLake.lake().spark(), examined.contracts()))
          .allSatisfy(f -> assertThat(f.line()).isPositive());
    }

    assertThat(analysed).isGreaterThan(5);
  }

  private static String withWordsMissing(String text, int words, Random random) {
    List<MatchResult> all = Pattern.compile("[A-Za-z_]+").matcher(text).results().toList();
    StringBuilder broken = new StringBuilder(text);
    random
        .ints(words, 0, all.size())
        .map(i -> -i)
        .sorted()
        .map(i -> -i)
        .distinct()
        .forEach(i -> broken.replace(all.get(i).start(), all.get(i).end(), "x"));
    return broken.toString();
  }

  private static List<Fault> faultsIn(Path folder) {
    ContractFolder.Examined examined = ContractFolder.examine(folder);
    return AnalyseContractSql.analyse(SharedLake.lake().spark(), examined.contracts());
  }

  private String lineOf(String file, String text) throws IOException {
    String all = Files.readString(folder.resolve(file));
    assertThat(all).containsOnlyOnce(text);
    return Long.toString(all.substring(0, all.indexOf(text)).lines().count());
  }

  private void replace(String file, String good, String broken) throws IOException {
    Files.createDirectories(folder.resolve("sql"));
    for (String each : List.of(YAML, SQL)) {
      if (!Files.exists(folder.resolve(each))) {
        Files.copy(GOOD.resolve(each), folder.resolve(each));
      }
    }
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(good);
    Files.writeString(folder.resolve(file), text.replace(good, broken));
  }
}
