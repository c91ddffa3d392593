package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.position.Position;
import dev.sluice.refined.PartitionValues;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class ReplacedPartitionsTest {
  private static final PartitionValues VALUES = new PartitionValues("part", Simple.INT);
  private static final NestedField PART = NestedField.optional(1, "part", Types.IntegerType.get());
  private static final AllowedColumn COLUMN =
      new AllowedColumn(PART, BigQueryTypes.field("part", "part", PART.type()));

  @Test
  void changedPartitionsGoAndComeByOneStatement() {
    ReplacedPartitions replaced = of(Extent.CHANGED, "1 2", "3");

    assertThat(bound(replaced.deletes())).containsExactly("1 2");
    assertThat(replaced.deletes()).containsExactly(replaced.all());
    assertThat(replaced.inserts()).containsExactly(PartitionFilter.everything());
  }

  @Test
  void moreThanOneStatementMayChangeGoByOneStepAfterTheOther() {
    ReplacedPartitions replaced = of(Extent.ANEW, "1 2 3", "4 5");

    assertThat(bound(replaced.deletes())).containsExactly("5 4", "3 2", "1", "all");
    assertThat(replaced.all()).isEqualTo(PartitionFilter.everything());
    assertThat(bound(replaced.inserts())).containsExactly("3 2", "1");
    assertThat(replaced.parameters()).as("each step has a name of its own").hasSize(5);
  }

  @Test
  void whatWaitsStaysWhereAllElseIsReplaced() {
    ReplacedPartitions replaced = of(Extent.ALL, "1 2", "3");

    assertThat(replaced.deletes()).containsExactly(replaced.all());
    assertThat(replaced.all().sql()).startsWith("NOT (");
    assertThat(bound(List.of(replaced.all()))).containsExactly("3");
  }

  private static ReplacedPartitions of(Extent extent, String leaving, String pending) {
    ExportPlan plan =
        new ExportPlan(
            ExportedHead.NONE,
            Position.START,
            0,
            1,
            extent,
            partitions(leaving),
            partitions(pending),
            new TreeMap<>());
    return ReplacedPartitions.by(plan, VALUES, COLUMN, 2);
  }

  private static SortedMap<String, Long> partitions(String names) {
    SortedMap<String, Long> partitions = new TreeMap<>();
    for (String name : names.split(" ")) {
      partitions.put(name, 1L);
    }
    return partitions;
  }

  /** The values of each filter. */
  private static List<String> bound(List<PartitionFilter> filters) {
    return filters.stream()
        .map(
            filter ->
                filter.parameters().values().stream()
                    .map(QueryParameterValue::getArrayValues)
                    .map(Optional::ofNullable)
                    .map(Optional::orElseThrow)
                    .map(ReplacedPartitionsTest::values)
                    .findFirst()
                    .orElse("all"))
        .toList();
  }

  private static String values(List<QueryParameterValue> array) {
    return String.join(" ", array.stream().map(QueryParameterValue::getValue).toList());
  }
}
