package dev.sluice.catalog.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;

/** Table metadata for tests of the decision, and the decision with every rule in force. */
final class Metadata {
  static final String TABLE = "city_raw.cams";
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  private static final DecideCommit DECIDE = new DecideCommit(EnumSet.allOf(Rule.class));

  private Metadata() {}

  static DecideCommit.Agreed decide(TableMetadata base, TableMetadata next) {
    return DECIDE.on(TABLE, base, next);
  }

  static void assertRefused(Refused.Why why, TableMetadata base, TableMetadata next) {
    assertThatThrownBy(() -> DECIDE.on(TABLE, base, next))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.why()).isEqualTo(why));
  }

  static TableMetadata governed() {
    return table(Map.of(GovernedTables.GOVERNED, "true", GovernedTables.CONTRACT_VERSION, "1.0.0"));
  }

  static TableMetadata table(Map<String, String> properties) {
    return TableMetadata.buildFrom(
            TableMetadata.newTableMetadata(
                SCHEMA, PartitionSpec.unpartitioned(), "memory://t", properties))
        .discardChanges()
        .build();
  }

  static TableMetadata with(TableMetadata base, long id, AStamp stamp) {
    TableMetadata agreed = DECIDE.on(TABLE, base, appended(base, id, stamp)).metadata();
    return TableMetadata.buildFrom(agreed).discardChanges().build();
  }

  static TableMetadata appended(TableMetadata base, long id, AStamp stamp) {
    Long parent = base.currentSnapshot() == null ? null : base.currentSnapshot().snapshotId();
    return onMain(base, FakeSnapshot.append(id, parent).stamped(stamp));
  }

  static TableMetadata onMain(TableMetadata base, FakeSnapshot snapshot) {
    return TableMetadata.buildFrom(base)
        .setBranchSnapshot(snapshot, SnapshotRef.MAIN_BRANCH)
        .build();
  }

  static TableMetadata onBranch(TableMetadata base, FakeSnapshot snapshot) {
    return TableMetadata.buildFrom(base).setBranchSnapshot(snapshot, "a").discardChanges().build();
  }

  static TableMetadata mainAt(TableMetadata base, long id) {
    return TableMetadata.buildFrom(base).setBranchSnapshot(id, SnapshotRef.MAIN_BRANCH).build();
  }
}
