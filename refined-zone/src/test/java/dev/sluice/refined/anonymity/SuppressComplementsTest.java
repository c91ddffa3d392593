package dev.sluice.refined.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.catalog.contract.ExportPolicy.Counted;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.refined.PartitionValues;
import dev.sluice.refined.anonymity.MeasureAnonymity.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressComplementsTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("day string, place string, item string, seen bigint, people bigint");
  private static final List<List<String>> BY_PLACE = List.of(List.of("place"));
  private static final int K = 5;

  private final List<Row> market =
      List.of(
          cell("market", "car", 40, 9),
          cell("market", "bike", 30, 7),
          cell("market", "wheelchair", 3, 1),
          cell("harbour", "car", 20, 6));

  @Test
  void withoutKnownTotalsOneCellIsMissingAndTheTotalTellsIt() {
    List<Row> leaving = gate(market, List.of()).leaving().collectAsList();

    assertThat(missingFromTotal(market, leaving, "market")).isEqualTo(3); // the leak
  }

  @Test
  void aSecondCellGoesSoThatTheTotalTellsNoSingleOne() {
    Measured measured = gate(market, BY_PLACE);
    List<Row> leaving = measured.leaving().collectAsList();

    assertThat(missingFromTotal(market, leaving, "market")).isEqualTo(33);
    assertThat(leaving)
        .extracting(row -> row.getString(1) + " " + row.getString(2))
        .containsExactlyInAnyOrder("market car", "harbour car");
    assertThat(measured.figures().suppressed())
        .containsEntry(Reason.SMALL_CELL, 1L)
        .containsEntry(Reason.COMPLEMENTARY, 1L);
    assertThat(measured.figures().exposed()).isZero();
    assertThat(measured.figures().suppressedShare()).isEqualTo(0.5);
    assertThat(measured.leaving().columns()).containsExactly(SCHEMA.fieldNames());
  }

  @Test
  void twoSmallCellsThatAreFewTogetherTakeAThird() {
    List<Row> rows =
        List.of(
            cell("market", "car", 40, 9),
            cell("market", "bike", 30, 7),
            cell("market", "wheelchair", 3, 1),
            cell("market", "pram", 2, 2));

    assertThat(gate(rows, BY_PLACE).figures().suppressed())
        .containsEntry(Reason.SMALL_CELL, 2L)
        .containsEntry(Reason.COMPLEMENTARY, 1L);
  }

  @Test
  void figuresOfExposedTotalsBlock() {
    AnonymityFigures exposed = new AnonymityFigures(4, new TreeMap<>(), 3, 6, 1);

    assertThat(exposed.against(policy(BY_PLACE)))
        .filteredOn(rule -> !rule.held())
        .extracting(rule -> rule.rule())
        .containsExactly("export.exposed-totals");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void noTotalOfAnyKindTellsASingleCellOrFewerThanK(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (String day : List.of("d1", "d2")) {
      for (int place = 0; place < 5; place++) {
        for (int item = 0; item < 4; item++) {
          if (random.nextInt(5) > 0) {
            long people = 1 + random.nextInt(14);
            rows.add(RowFactory.create(day, "p" + place, "i" + item, people * 3, people));
          }
        }
      }
    }
    List<List<String>> totals = List.of(List.of("place"), List.of("item"));

    Measured measured = gate(rows, totals);

    Set<Row> leaving = new HashSet<>(measured.leaving().collectAsList());
    assertThat(leaving).isNotEmpty().allMatch(row -> row.getLong(4) >= K);
    assertThat(measured.figures().leavingRows()).isEqualTo(leaving.size());
    for (int column : new int[] {1, 2}) {
      Map<String, List<Row>> groups = new HashMap<>();
      rows.forEach(
          row ->
              groups
                  .computeIfAbsent(row.getString(0) + row.getString(column), g -> new ArrayList<>())
                  .add(row));
      groups
          .values()
          .forEach(
              group -> {
                List<Row> gone = group.stream().filter(row -> !leaving.contains(row)).toList();
                long people = gone.stream().mapToLong(row -> row.getLong(4)).sum();
                assertThat(gone.isEmpty() || gone.size() == group.size() || gone.size() >= 2)
                    .isTrue();
                assertThat(gone.isEmpty() || gone.size() == group.size() || people >= K).isTrue();
              });
    }
  }

  /** What somebody learns who knows how much was seen at a place in all. */
  private static long missingFromTotal(List<Row> all, List<Row> leaving, String place) {
    return seen(all, place) - seen(leaving, place);
  }

  private static long seen(List<Row> rows, String place) {
    return rows.stream()
        .filter(row -> row.getString(1).equals(place))
        .mapToLong(row -> row.getLong(3))
        .sum();
  }

  private static Row cell(String place, String item, long seen, long people) {
    return RowFactory.create("d1", place, item, seen, people);
  }

  private static Measured gate(List<Row> rows, List<List<String>> totals) {
    return MeasureAnonymity.on(
        SharedLake.lake().spark().createDataFrame(rows, SCHEMA),
        new PartitionValues("day", ColumnType.Simple.STRING),
        policy(totals));
  }

  private static ExportPolicy policy(List<List<String>> totals) {
    return new ExportPolicy(
        List.of("day", "place", "item", "seen"),
        List.of("place", "item"),
        new Counted.Contributors("people"),
        K,
        List.of(),
        1,
        1.0,
        1,
        Duration.ZERO,
        totals,
        false);
  }
}
