package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.ColumnType;
import dev.sluice.catalog.contract.PartitionTransform;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds partitionings and sortings of stage that Iceberg would refuse or that a value could break.
 */
final class LintLayout {
  private static final String PARTITIONING = "stage.partitioning";

  private final StageTable stage;
  private final Places places;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, String> times = new HashMap<>();

  LintLayout(StageTable stage, Places places) {
    this.stage = stage;
    this.places = places;
  }

  List<Fault> lint() {
    stage.partitioning().forEach(this::partitioned);
    stage.sortedBy().forEach(this::sorted);
    return faults;
  }

  private void add(String part, String message) {
    faults.add(places.of(part).fault(message));
  }

  private void partitioned(String text) {
    Optional<PartitionTransform> transform = PartitionTransform.parse(text);
    if (transform.isEmpty()) {
      add(
          PARTITIONING,
          "'"
              + text
              + "' must be a column, days(column), months(column), years(column), hours(column),"
              + " bucket(n, column) or truncate(n, column)");
      return;
    }
    column(PARTITIONING, transform.get().column())
        .ifPresent(column -> partitioned(text, transform.get(), column));
  }

  private void partitioned(String text, PartitionTransform transform, StageColumn column) {
    if (!transform.takes(column.type())) {
      add(
          PARTITIONING,
          text
              + " is for "
              + transform.taken()
              + "; "
              + column.name()
              + " is "
              + column.type().ddl());
      return;
    }
    String field = transform.field();
    String twin = fields.putIfAbsent(field, text);
    String coarser = transform.kind().isOfTime() ? times.putIfAbsent(column.name(), text) : null;
    if (twin != null || coarser != null) {
      add(
          PARTITIONING,
          text
              + " and "
              + (twin != null ? twin : coarser)
              + " cannot stand together; delete one, a finer time tells the coarser too");
    } else if (!field.equals(column.name()) && stage.column(field).isPresent()) {
      add(
          PARTITIONING,
          "Iceberg calls the partition field of "
              + text
              + " "
              + field
              + ", which is a column; give that column another name");
    }
  }

  private void sorted(String name) {
    column("stage.sortedBy", name)
        .filter(c -> c.type() instanceof ColumnType.Array || c.type() instanceof ColumnType.Struct)
        .ifPresent(
            c ->
                add(
                    "stage.sortedBy",
                    "rows are sorted by columns without parts; " + name + " is " + c.type().ddl()));
  }

  private Optional<StageColumn> column(String part, String name) {
    Optional<StageColumn> column = stage.column(name).filter(StageColumn::reachesStage);
    if (column.isEmpty()) {
      add(part, "there is no column '" + name + "' in the stage table");
    }
    return column;
  }
}
