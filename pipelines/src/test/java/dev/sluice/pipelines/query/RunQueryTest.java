package dev.sluice.pipelines.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunQueryTest {
  private static final Set<String> READ = new HashSet<>();

  private static final class Watch implements WatchReads {
    @Override
    public Optional<String> whyGone(String table) {
      return table.equals("query_refined.unused")
          ? Optional.of(table + " was dropped")
          : Optional.empty();
    }

    @Override
    public void read(Set<String> tables) {
      READ.addAll(tables);
    }
  }

  private static RunQuery queries;

  @BeforeAll
  static void tablesOfThreeZones() {
    Lake lake = SharedLake.lake();
    for (String namespace : new String[] {"query_raw", "query_stage", "query_refined"}) {
      ((SupportsNamespaces) lake.catalog()).createNamespace(Namespace.of(namespace));
      lake.catalog()
          .createTable(
              TableIdentifier.of(namespace, "seen"),
              new Schema(
                  Types.NestedField.required(1, "place", Types.StringType.get()),
                  Types.NestedField.required(2, "things", Types.LongType.get())));
      lake.spark()
          .sql("INSERT INTO lake." + namespace + ".seen VALUES ('a', 1), ('b', 2), ('b', 3)");
    }
    queries = new RunQuery(lake.spark(), 2, 60, new Watch());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM lake.query_stage.seen",
        "SELECT place, sum(things) FROM query_refined.seen GROUP BY place ORDER BY 2 DESC LIMIT 3",
        "WITH x AS (SELECT * FROM query_stage.seen) SELECT count(*) FROM x JOIN x AS y USING (place)",
        "SELECT * FROM query_stage.seen WHERE things > (SELECT avg(things) FROM query_stage.seen)",
        "SELECT place, row_number() OVER (PARTITION BY place ORDER BY things) FROM query_stage.seen",
        "SELECT place FROM query_stage.seen UNION SELECT place FROM query_refined.seen",
        "SELECT CASE WHEN things > 1 THEN upper(place) END FROM query_stage.seen",
        "SELECT * FROM query_stage.seen s WHERE EXISTS (SELECT 1 FROM query_refined.seen r WHERE"
            + " r.place = s.place)",
        "SELECT place, count(*) FROM query_stage.seen GROUP BY CUBE(place) HAVING count(*) > 0",
        "SELECT explode(array(1, 2))",
        "SELECT sum(things) / nullif(count(*), 0) FROM query_stage.seen WHERE things BETWEEN 1 AND 9",
        "SELECT * FROM query_stage.seen LATERAL VIEW posexplode_outer(array(1, 2)) AS at, one",
        "SELECT n FROM query_stage.seen LATERAL VIEW explode(array(things)) x AS n",
        "SELECT current_date, current_timestamp, now(), pi(), transform(array(1), x -> x + 1)",
        "SELECT sum(things) OVER (ORDER BY things ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),"
            + " rank() OVER (ORDER BY things), cume_dist() OVER (ORDER BY things),"
            + " lag(things) OVER (ORDER BY things) FROM query_stage.seen",
        "SELECT date_trunc('HOUR', timestamp '2026-01-01 10:20:00') AS hour",
        "VALUES (1), (2)"
      })
  void readsAreAnswered(String sql) {
    assertThat(queries.run(sql).rows()).isNotEmpty();
  }

  @Test
  void whatAStatementReadsIsTold() {
    READ.clear();

    queries.run(
        "WITH x AS (SELECT * FROM query_stage.seen) SELECT count(*) FROM x WHERE EXISTS (SELECT 1"
            + " FROM query_refined.seen r WHERE r.place = x.place)");

    assertThat(READ).containsExactlyInAnyOrder("query_stage.seen", "query_refined.seen");
  }

  @Test
  void aTableThatWasDroppedIsToldAsSuch() {
    assertThatThrownBy(() -> queries.run("SELECT * FROM lake.query_refined.unused"))
        .isInstanceOf(QueryRefused.class)
        .hasMessage("query_refined.unused was dropped");
  }

  @Test
  void moreRowsThanTheCapAreCutAndSaidSo() {
    QueryResult result = queries.run("SELECT * FROM query_stage.seen");

    assertThat(result.rows()).hasSize(2);
    assertThat(result.cut()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT plce FROM query_stage.seen | `place`",
        "SELECT * FROM query_stage.sen | `sen`",
        "SELECT * FROM nobody_stage.seen | `nobody_stage`",
        "SELECT place + FROM query_stage.seen | does not parse",
        "SELECT place, count(*) FROM query_stage.seen | GROUP BY"
      })
  void whatDoesNotFitTheTablesIsToldByItsNames(String sql, String told) {
    assertThatThrownBy(() -> queries.run(sql))
        .isInstanceOf(QueryRefused.class)
        .hasMessageContaining(told);
  }

  @ParameterizedTest
  @CsvSource({"1 / (things - things), DIVIDE_BY_ZERO", "CAST(place AS INT), CAST_INVALID_INPUT"})
  void aValueThatFailsIsToldByTheErrorAlone(String failing, String condition) {
    assertThatThrownBy(() -> queries.run("SELECT " + failing + " FROM query_stage.seen"))
        .isInstanceOf(QueryRefused.class)
        .hasMessageContaining(condition)
        .hasMessageNotContaining("'a'");
  }

  @Test
  void whatTakesTooLongIsStoppedAndToldSo() {
    RunQuery hasty = new RunQuery(SharedLake.lake().spark(), 2, 0, new Watch());

    assertThatThrownBy(
            () ->
                hasty.run(
                    "SELECT count_if(sha2(repeat(string(n + m), 1000), 512) < 'a') FROM (SELECT"
                        + " explode(sequence(1, 10000)) AS n FROM query_stage.seen), (SELECT"
                        + " explode(sequence(1, 10000)) AS m)"))
        .isInstanceOf(QueryRefused.class)
        .hasMessageContaining("took more than 0 s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM query_raw.seen",
        "SELECT * FROM lake.query_raw.seen",
        "WITH x AS (SELECT * FROM query_raw.seen) SELECT * FROM x",
        "SELECT 1 WHERE 1 IN (SELECT things FROM query_raw.seen)",
        "SELECT (SELECT max(place) FROM query_raw.seen)",
        "SELECT * FROM query_stage.seen WHERE EXISTS (SELECT * FROM query_raw.seen)",
        "SELECT * FROM query_stage.seen, LATERAL (SELECT * FROM query_raw.seen)",
        "SELECT * FROM lake.query_stage.seen.files",
        "SELECT * FROM lake.query_stage.seen.snapshots",
        "SELECT * FROM query_stage.seen.history",
        "SELECT * FROM lake.query_stage.seen.branch_audit",
        "SELECT * FROM lake.query_stage.seen VERSION AS OF 1",
        "SELECT * FROM query_stage.seen TIMESTAMP AS OF '2026-01-01'",
        "SELECT * FROM query_stage.seen WITH ('timestampAsOf' = '2026-01-01')",
        "SELECT * FROM query_stage.seen WITH ('versionAsOf' = 'audit_1')",
        "SELECT * FROM lake.query_stage.seen WITH ('branch' = 'audit_1')",
        "SELECT * FROM query_stage.seen WITH ('start-snapshot-id' = '1')",
        "SELECT * FROM IDENTIFIER('query_stage.seen')",
        "SELECT * FROM IDENTIFIER('query_' || 'raw.seen')",
        "SELECT IDENTIFIER('input_file_name')() FROM query_stage.seen",
        "SELECT IDENTIFIER('input_' || 'file_name')() FROM query_stage.seen",
        "SELECT IDENTIFIER('pla' || 'ce') FROM query_stage.seen",
        "SELECT * FROM text.`/etc/passwd`",
        "SELECT * FROM parquet.`/tmp/x`",
        "SELECT * FROM csv.`file:///etc/passwd`",
        "SELECT * FROM binaryFile.`/etc/passwd`",
        "SELECT * FROM iceberg.`/tmp/x`",
        "SELECT reflect('java.lang.System', 'getenv', 'PATH')",
        "SELECT java_method('java.lang.System', 'getenv', 'PATH')",
        "SELECT try_reflect('java.lang.System', 'getenv', 'PATH')",
        "SELECT upper(reflect('java.lang.System', 'getenv', 'PATH')) FROM query_stage.seen",
        "SELECT place FROM query_stage.seen ORDER BY java_method('java.lang.System', 'gc')",
        "SELECT TRANSFORM(place) USING 'id' FROM query_stage.seen",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "SET spark.sql.catalog.lake.uri",
        "SET",
        "RESET",
        "ADD JAR '/tmp/x.jar'",
        "ADD FILE '/etc/passwd'",
        "LIST JARS",
        "INSERT INTO query_stage.seen VALUES ('x', 1)",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT 1",
        "WITH x AS (SELECT 1) INSERT INTO query_stage.seen SELECT 'x', 1 FROM x",
        "FROM query_stage.seen INSERT INTO query_refined.seen SELECT *",
        "DELETE FROM query_stage.seen",
        "UPDATE query_stage.seen SET things = 0",
        "MERGE INTO query_stage.seen USING query_refined.seen r ON false WHEN NOT MATCHED THEN"
            + " INSERT *",
        "TRUNCATE TABLE query_stage.seen",
        "DROP TABLE query_stage.seen",
        "CREATE TABLE query_stage.other (a int)",
        "CREATE TABLE query_stage.other AS SELECT 1 AS a",
        "CREATE TEMPORARY VIEW v AS SELECT * FROM query_stage.seen",
        "CREATE OR REPLACE TEMPORARY FUNCTION f AS 'java.lang.String'",
        "ALTER TABLE query_stage.seen ADD COLUMN x int",
        "ALTER TABLE lake.query_stage.seen CREATE BRANCH x",
        "CALL lake.system.rollback_to_snapshot('query_stage.seen', 1)",
        "CACHE TABLE query_stage.seen",
        "REFRESH TABLE query_stage.seen",
        "USE spark_catalog",
        "SHOW TABLES IN query_stage",
        "SHOW CREATE TABLE query_stage.seen",
        "DESCRIBE EXTENDED query_stage.seen",
        "EXPLAIN SELECT * FROM query_stage.seen",
        "DECLARE VARIABLE x INT DEFAULT 1",
        "SELECT input_file_name() FROM query_stage.seen",
        "SELECT current_user()",
        "SELECT current_user",
        "SELECT session_user",
        "SELECT user FROM query_stage.seen",
        "SELECT c FROM query_stage.seen LATERAL VIEW json_tuple(place, 'a') x AS c",
        "SELECT version()",
        "SELECT * FROM range(1000000000000)",
        "SELECT * FROM read_files('/etc/passwd')",
        "SELECT uuid()",
        "SELECT raise_error('x')",
        "SELECT /*+ BROADCAST(seen) */ * FROM query_stage.seen",
        "SELECT * FROM query_stage.seen TABLESAMPLE (10 PERCENT)",
        "SELECT lake.system.bucket(4, 1)",
        "SELECT from_json('{}', 'a int')",
        "SELECT xpath('<a/>', 'a')",
        "ANALYZE TABLE query_stage.seen COMPUTE STATISTICS",
        "BEGIN SELECT 1; END",
        "SELECT 1; SELECT 2"
      })
  void everythingElseIsRefused(String sql) {
    assertThatThrownBy(() -> queries.run(sql)).isInstanceOf(QueryRefused.class);
  }

  @Test
  void aRefusedStatementChangedNothing() {
    assertThatThrownBy(() -> queries.run("DELETE FROM query_stage.seen"))
        .isInstanceOf(QueryRefused.class);

    assertThat(SharedLake.lake().read("query_stage.seen").count()).isEqualTo(3);
  }
}
