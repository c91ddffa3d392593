package dev.sluice.stage;

import static dev.sluice.stage.ContractFixture.optional;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class StageRowsTest {
  private static final ColumnType NUMBERS = new ColumnType.Array(Simple.INT);
  private static final DataContract CONTRACT =
      ContractFixture.of("contents")
          .with(
              optional(
                  "depot",
                  new ColumnType.Struct(
                      List.of(
                          new ColumnType.Field("front", Simple.INT, false),
                          new ColumnType.Field("rear", Simple.INT, false)))))
          .with(optional("some", NUMBERS))
          .with(optional("more", NUMBERS))
          .with(optional("grid", new ColumnType.Array(NUMBERS)))
          .build();

  @Test
  void nullsAndEndsInsideListsAndObjectsCount() {
    SparkSession spark = SharedLake.lake().spark();

    List<Long> hashes =
        spark
            .sql(
                """
                SELECT 1L AS id, current_date() AS seen_at, depot, some, more, grid FROM VALUES
                  (named_struct('front', 10, 'rear', null), null, null, null),
                  (named_struct('front', null, 'rear', 10), null, null, null),
                  (named_struct('front', null, 'rear', null), null, null, null),
                  (null, null, null, null),
                  (null, array(), null, null),
                  (null, array(null), null, null),
                  (null, array(1), array(2), null),
                  (null, array(1, 2), array(), null),
                  (null, null, null, array(array(1), array(2))),
                  (null, null, null, array(array(1, 2)))
                AS (depot, some, more, grid)""")
            .select(StageRows.content(CONTRACT))
            .collectAsList()
            .stream()
            .map((Row row) -> row.getLong(0))
            .toList();

    assertThat(hashes).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void theOrderInWhichTheTableHasPartsDoesNotCount() {
    SparkSession spark = SharedLake.lake().spark();
    String row =
        "SELECT 1L AS id, DATE'2026-11-20' AS seen_at, array(1) AS some, array(2) AS more,"
            + " array(array(1)) AS grid, ";

    Row declared =
        spark
            .sql(row + "named_struct('front', 1, 'rear', 2) AS depot")
            .select(StageRows.content(CONTRACT))
            .first();
    Row stored =
        spark
            .sql(row + "named_struct('rear', 2, 'front', 1) AS depot")
            .select(StageRows.content(CONTRACT))
            .first();

    assertThat(stored).isEqualTo(declared);
  }
}
