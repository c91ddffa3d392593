package dev.sluice.catalog.tables;

import static org.apache.iceberg.types.Types.NestedField.required;

import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.StageColumn;
import dev.sluice.catalog.contract.StageTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** The columns of a stage table: the contract's that reach stage, then where each row came from. */
final class StageColumns {
  private final StageTable stage;

  StageColumns(StageTable stage) {
    this.stage = stage;
  }

  Schema schema() {
    ColumnIds ids = new ColumnIds();
    List<Types.NestedField> fields = new ArrayList<>();
    for (StageColumn column : stage.columns()) {
      if (column.reachesStage()) {
        boolean always = column.required() && !(column.privacy() instanceof PrivacyMethod.Suppress);
        fields.add(
            ids.field(column.name(), column.type(), always, Optional.of(column.description())));
      }
    }
    fields.add(required(ids.next(), FixedColumns.EDITION, FixedColumns.LONG));
    fields.add(required(ids.next(), "_lane", Types.StringType.get()));
    fields.add(required(ids.next(), "_sequence", FixedColumns.LONG));
    fields.add(required(ids.next(), "_raw_edition", FixedColumns.LONG));
    fields.add(required(ids.next(), "_contract_version", Types.StringType.get()));
    return new Schema(fields);
  }

  /** Columns whose smallest and largest values shall not stand in manifests, which are clear. */
  List<String> concealed() {
    return stage.columns().stream()
        .filter(StageColumn::reachesStage)
        .filter(c -> c.privacy().makesToken() || GovernedProperties.isConcealed(c.classification()))
        .map(StageColumn::name)
        .toList();
  }
}
