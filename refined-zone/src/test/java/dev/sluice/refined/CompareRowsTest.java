package dev.sluice.refined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.Classification;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.contract.Product.ProductColumn;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CompareRowsTest {
  private final Product product =
      new Product(
          "levels",
          "",
          Map.of(),
          List.of(),
          "day",
          List.of(
              new ProductColumn("day", Simple.STRING, true, true, Classification.QUASI, ""),
              new ProductColumn("level", Simple.BIGINT, false, false, Classification.OPEN, ""),
              new ProductColumn("gauge", Simple.INT, false, false, Classification.QUASI, "")),
          List.of(),
          Optional.empty());

  @Test
  void keysComeGoAndChangeAndOnlyOpenNumbersAreSummed() {
    Dataset<Row> before =
        rows("('same', 1L, 1), ('went', 2L, 1), ('changed', 3L, 1), ('emptied', 4L, 1)");
    Dataset<Row> after =
        rows("('same', 1L, 1), ('came', 5L, 1), ('changed', 30L, 1), ('emptied', null, 1)");

    RefinedChange change = new CompareRows(product).of(before, after);

    assertThat(change.notes())
        .isEqualTo(
            Map.of(
                "rows.old", 4L,
                "rows.new", 4L,
                "keys.came", 1L,
                "keys.went", 1L,
                "keys.changed", 2L,
                "sum.level.old", 10L,
                "sum.level.new", 36L));
    assertThat(change.text())
        .isEqualTo("rows 4 -> 4; keys: 1 came, 1 went, 2 changed; level 10 -> 36");
  }

  @Test
  void ofNothingAndNothingThereIsNothingToTell() {
    Dataset<Row> none = rows("('a', 1L, 1)").limit(0);

    assertThat(new CompareRows(product).of(none, none).isEmpty()).isTrue();
  }

  private static Dataset<Row> rows(String values) {
    return SharedLake.lake()
        .spark()
        .sql("SELECT * FROM VALUES " + values + " AS t(day, level, gauge)");
  }
}
