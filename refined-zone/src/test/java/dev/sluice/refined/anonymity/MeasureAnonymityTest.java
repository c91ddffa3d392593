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
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureAnonymityTest {
  private static final String[] COLUMNS = {"day", "place", "item", "subject", "illness", "number"};
  private static final PartitionValues DAY = new PartitionValues("day", ColumnType.Simple.STRING);
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "day string, place string, item string, subject string, illness string, number bigint");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void gateAgreesWithBruteForceOnRandomTables(long seed) {
    Random random = new Random(seed);
    List<Row> rows = dataset(rows(random)).collectAsList();
    boolean cells = seed % 2 == 0;
    boolean diverse = seed % 4 >= 2;
    ExportPolicy policy =
        policy(
            cells ? new Counted.Contributors("number") : new Counted.Subjects("subject"),
            1 + random.nextInt(4),
            diverse ? List.of("illness") : List.of(),
            1 + random.nextInt(3));

    Measured measured = MeasureAnonymity.on(dataset(rows), DAY, policy);

    BruteForce expected = BruteForce.of(rows, "day", policy);
    TreeMap<Reason, Long> suppressed = new TreeMap<>();
    if (expected.small() > 0) {
      suppressed.put(cells ? Reason.SMALL_CELL : Reason.K_ANONYMITY, expected.small());
    }
    if (expected.uniform() > 0) {
      suppressed.put(Reason.L_DIVERSITY, expected.uniform());
    }
    assertThat(measured.figures())
        .isEqualTo(
            new AnonymityFigures(rows.size(), suppressed, expected.units(), expected.smallest()));
    assertThat(BruteForce.texts(measured.leaving().collectAsList(), COLUMNS))
        .isEqualTo(BruteForce.texts(expected.leaving(), COLUMNS));
    assertThat(measured.leaving().columns()).containsExactly(COLUMNS);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void whatLeavesOfPartitionDoesNotDependOnTheOthers(long seed) {
    List<Row> rows = rows(new Random(seed));
    ExportPolicy policy = policy(new Counted.Subjects("subject"), 2, List.of(), 1);

    Measured together = MeasureAnonymity.on(dataset(rows), DAY, policy);
    Measured alone = MeasureAnonymity.on(dataset(rows).where("day = 'd1'"), DAY, policy);

    assertThat(BruteForce.texts(together.leaving().where("day = 'd1'").collectAsList(), COLUMNS))
        .isEqualTo(BruteForce.texts(alone.leaving().collectAsList(), COLUMNS));
    assertThat(together.judged().among(Set.of("d1"))).isEqualTo(alone.figures());
    assertThat(together.judged().byPartition().keySet())
        .isSubsetOf("d1", "d2", PartitionValues.NULL);
  }

  @Test
  void subjectSeenTwiceCountsOnce() {
    List<Row> rows =
        List.of(
            RowFactory.create("d1", "north", "car", "s1", null, null),
            RowFactory.create("d1", "north", "car", "s1", null, null));

    Measured measured =
        MeasureAnonymity.on(
            dataset(rows), DAY, policy(new Counted.Subjects("subject"), 2, List.of(), 1));

    assertThat(measured.leaving().count()).isZero();
    assertThat(measured.figures().suppressed()).containsEntry(Reason.K_ANONYMITY, 2L).hasSize(1);
    assertThat(measured.figures().suppressedShare()).isEqualTo(1.0);
  }

  @Test
  void emptyTableHasNothingToSuppress() {
    ExportPolicy policy = policy(new Counted.Subjects("subject"), 5, List.of("illness"), 2);

    AnonymityFigures figures = MeasureAnonymity.on(dataset(List.of()), DAY, policy).figures();

    assertThat(figures).isEqualTo(new AnonymityFigures(0, new TreeMap<>(), 0, 0));
    assertThat(figures.against(policy)).allMatch(rule -> rule.held());
  }

  private static Dataset<Row> dataset(List<Row> rows) {
    return SharedLake.lake().spark().createDataFrame(rows, SCHEMA);
  }

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    int size = random.nextInt(120);
    for (int i = 0; i < size; i++) {
      rows.add(
          RowFactory.create(
              pick(random, "d1", "d2", null),
              pick(random, "north", "south", "", null),
              pick(random, "car", "bike"),
              pick(random, "s1", "s2", "s3", "s4", "s5", null),
              pick(random, "flu", "cold", null),
              random.nextInt(5) == 0 ? null : (Long) (long) random.nextInt(6)));
    }
    return rows;
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  private static ExportPolicy policy(Counted counted, int k, List<String> sensitive, int l) {
    return new ExportPolicy(
        List.of("day", "place", "item"),
        List.of("place", "item"),
        counted,
        k,
        sensitive,
        l,
        0.1,
        1,
        Duration.ZERO);
  }
}
