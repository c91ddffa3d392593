package dev.sluice.catalog.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.publishing.fixture.AContract;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.RunContext;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTest {
  private final Lake lake = SharedLake.lake();

  @ParameterizedTest
  @ValueSource(
      strings = {"readings", "a.b.c", "a.b; DROP TABLE x", "../a.b", "A.b", "a.b.branch_x", ""})
  void namesOfAnotherFormReachNeitherSqlNorPaths(String name) {
    assertThatThrownBy(() -> lake.sql(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lake.table(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBranchHasItsPlaceInTheName() {
    assertThat(lake.sql("a_raw.b", "audit_r1")).isEqualTo("lake.a_raw.b.branch_audit_r1");
    assertThatThrownBy(() -> lake.sql("a_raw.b", "x y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTableThatIsNotThereIsNot() {
    assertThat(lake.exists("nowhere_raw.nothing")).isFalse();
  }

  @Test
  void aStampNamesTheNextEditionAndOnlyTheLanesThatMoved() {
    Lane moved = Lane.ofTable("a_raw.x");
    Lane still = Lane.ofTable("a_raw.y");
    Head head = new Head(2, 7, Position.of(moved, 3));

    var stamp =
        NextStamp.on(
            head,
            new RunContext("r1", "1.0", Instant.EPOCH),
            AContract.of("a").contract(),
            Map.of(moved, new LaneRange(3, 5), still, new LaneRange(9, 9)));

    assertThat(stamp.edition()).isEqualTo(8);
    assertThat(stamp.epoch()).isEqualTo(2);
    assertThat(stamp.lanes()).isEqualTo(Map.of(moved, new LaneRange(3, 5)));
    assertThat(stamp.contract()).isEqualTo("readings");
  }

  @Test
  void parametersAndTwoMeaningsOfOneNameDoNotMeet() {
    Dataset<Row> ten =
        ContractSql.query(
            lake,
            Map.of("numbers", lake.spark().range(10).toDF("n")),
            "SELECT max(n) AS m FROM numbers WHERE n < :below",
            Map.of("below", 5));
    Dataset<Row> three =
        ContractSql.query(
            lake,
            Map.of("numbers", lake.spark().range(3).toDF("n")),
            "SELECT max(n) AS m FROM numbers",
            Map.of());

    assertThat(ten.first().getLong(0)).isEqualTo(4);
    assertThat(three.first().getLong(0)).isEqualTo(2);
  }

  @Test
  void rowsAreComparedAsMultisetsWithTheirBytes() {
    Dataset<Row> rows = lake.spark().sql("SELECT * FROM VALUES (X'01', 1), (X'02', 2) AS t(b, n)");
    Dataset<Row> turned =
        lake.spark().sql("SELECT * FROM VALUES (X'02', 2), (X'01', 1) AS t(b, n)");
    Dataset<Row> other = lake.spark().sql("SELECT * FROM VALUES (X'02', 2), (X'03', 1) AS t(b, n)");

    DatasetAssert.assertSameRows(rows, turned);
    assertThatThrownBy(() -> DatasetAssert.assertSameRows(rows, other))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> DatasetAssert.assertSameRows(rows, rows.union(rows)))
        .isInstanceOf(AssertionError.class);
  }
}
