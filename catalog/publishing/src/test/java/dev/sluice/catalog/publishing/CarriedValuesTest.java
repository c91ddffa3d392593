package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarriedValuesTest {
  private static final StructType SIGHTINGS =
      StructType.fromDDL(
          "place string, plate string, seen bigint, at date, tags array<string>,"
              + " part struct<plate: string, place: string>");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT plate AS x FROM s                                                          | x
          SELECT upper(plate) AS x, place FROM s                                            | x
          SELECT xxhash64(plate) AS x FROM s                                                | x
          SELECT max(plate) AS x, place FROM s GROUP BY place                               | x
          SELECT CASE WHEN seen > 1 THEN plate END AS x FROM s                              | x
          SELECT a.x FROM (SELECT substring(plate, 1, 9) AS x FROM s) a                     | x
          WITH c AS (SELECT plate AS p FROM s) SELECT p AS x FROM c                         | x
          WITH c AS (SELECT plate AS p, place FROM s) SELECT a.p AS x FROM c a JOIN c b ON a.place = b.place | x
          SELECT place AS x FROM s UNION ALL SELECT plate FROM s                            | x
          SELECT first_value(plate) OVER (PARTITION BY place ORDER BY seen) AS x FROM s     | x
          SELECT lag(plate) OVER (PARTITION BY place ORDER BY seen) AS x FROM s             | x
          SELECT dense_rank() OVER (ORDER BY plate) AS x, place FROM s                      | x
          SELECT cume_dist() OVER (PARTITION BY place ORDER BY plate) AS x FROM s           | x
          SELECT count(*) OVER (ORDER BY plate) AS x FROM s                                 | x
          SELECT (SELECT max(plate) FROM s) AS x                                            | x
          SELECT (SELECT xxhash64(a.plate)) AS x FROM s a                                   | x
          SELECT a.place, l.x FROM s a, LATERAL (SELECT upper(a.plate) AS x) l              | x
          SELECT upper(part.plate) AS x, part.place FROM s                                  | x
          SELECT x FROM (SELECT array(plate) AS l FROM s) LATERAL VIEW explode(l) AS x      | x
          SELECT collect_set(plate) AS x FROM s                                             | x
          SELECT struct(place, plate) AS x FROM s                                           | x
          SELECT plate AS x, count(*) AS n FROM s GROUP BY CUBE (plate)                     | x
          SELECT DISTINCT plate AS x FROM s                                                 | x
          SELECT plate AS x FROM s EXCEPT SELECT plate FROM s                               | x
          """)
  void tokenIsFollowed(String sql, String carrier) {
    assertThat(carrying(sql)).containsExactly(carrier);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT place, count(DISTINCT plate) AS n FROM s GROUP BY place                    | -
          SELECT count(plate) + 1 AS n FROM s                                               | -
          SELECT place FROM s WHERE plate = 'a'                                             | -
          SELECT a.place FROM s a JOIN s b ON a.plate = b.plate                             | -
          SELECT sum(CASE WHEN plate IS NULL THEN 1 ELSE 0 END) AS n FROM s                 | -
          WITH c AS (SELECT place, plate FROM s) SELECT place, count(DISTINCT plate) AS n FROM c GROUP BY place | -
          SELECT place, row_number() OVER (PARTITION BY place ORDER BY n) AS r FROM (SELECT place, count(DISTINCT plate) AS n FROM s GROUP BY place) | -
          SELECT place, row_number() OVER (PARTITION BY plate ORDER BY seen DESC) AS r FROM s | -
          SELECT row_number() OVER (PARTITION BY place ORDER BY seen DESC, plate) AS r FROM s | -
          SELECT rank() OVER (PARTITION BY plate, place ORDER BY seen) AS r FROM s          | -
          SELECT lag(seen) OVER (PARTITION BY plate ORDER BY at, plate) AS r FROM s         | -
          SELECT sum(seen) OVER (PARTITION BY plate) AS r FROM s                            | -
          SELECT sum(seen) OVER (PARTITION BY plate ORDER BY at) AS r FROM s                | -
          SELECT sum(seen) OVER (ORDER BY plate ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS r FROM s | -
          SELECT t FROM s LATERAL VIEW explode(tags) AS t                                   | -
          SELECT place, count(*) AS n FROM s GROUP BY ROLLUP (place)                        | -
          SELECT max(part.place) AS p FROM s                                                | -
          SELECT place FROM s UNION SELECT cast(seen AS string) FROM s                      | -
          SELECT place FROM s WHERE place IN (SELECT place FROM s WHERE plate = 'a')        | -
          """)
  void countsAndConditionsCarryNothing(String sql, String none) {
    assertThat(carrying(sql)).isEmpty();
  }

  private static Set<String> carrying(String sql) {
    Lake lake = SharedLake.lake();
    Dataset<Row> empty = lake.spark().createDataFrame(List.of(), SIGHTINGS);
    Dataset<Row> rows = ContractSql.query(lake, Map.of("s", empty), sql, Map.of());
    InputValues plates =
        new InputValues(
            "s",
            Set.of(SIGHTINGS.fieldNames()),
            (column, path) ->
                column.equals("plate") || (column.equals("part") && "plate".startsWith(path)));
    return CarriedValues.of(PlanParts.inlined(rows), List.of(plates)).names();
  }
}
