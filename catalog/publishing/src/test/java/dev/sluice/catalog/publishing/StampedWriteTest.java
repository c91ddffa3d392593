package dev.sluice.catalog.publishing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.fixture.AContract;
import dev.sluice.catalog.publishing.fixture.DatasetAssert;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.AuditBranches;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.catalog.tables.ZoneTables;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class StampedWriteTest {
  private static final Lane LANE = Lane.ofTable("somewhere_raw.readings");

  private final Lake lake = SharedLake.lake();
  private final RunContext run =
      new RunContext("r1", "test", Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void anAppendMovesTheHeadAndGivesItsRowsTheEdition() {
    Table table = table("swappend");

    long added = StampedWrite.append(rows(0, 3), table.name, table.stamp(0, 10), Optional.empty());

    assertThat(added).isEqualTo(3);
    Head head = lake.head(table.name);
    assertThat(head.edition()).isEqualTo(1);
    assertThat(head.lanes().at(LANE)).isEqualTo(10);
    DatasetAssert.assertSameRows(
        rows(0, 3).select(col("reading_oid"), lit(1L).as("_edition")),
        lake.news(table.name, new LaneRange(1, 2)).select("reading_oid", "_edition"));
  }

  @Test
  void newsAreTheRowsOfTheEditionsAskedFor() {
    Table table = table("swnews");
    StampedWrite.append(rows(0, 3), table.name, table.stamp(0, 10), Optional.empty());
    StampedWrite.append(rows(3, 5), table.name, table.stamp(10, 20), Optional.empty());

    assertThat(lake.news(table.name, new LaneRange(0, 2)).count()).isEqualTo(3);
    assertThat(lake.news(table.name, new LaneRange(2, 3)).count()).isEqualTo(2);
  }

  @Test
  void aReplayIsRefusedAndAddsNothing() {
    Table table = table("swreplay");
    Stamp stamp = table.stamp(0, 10);
    StampedWrite.append(rows(0, 3), table.name, stamp, Optional.empty());

    assertThatThrownBy(() -> StampedWrite.append(rows(0, 3), table.name, stamp, Optional.empty()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.why()).isEqualTo(Refused.Why.ALREADY_TAKEN));
    assertThat(lake.read(table.name).count()).isEqualTo(3);
  }

  @Test
  void aBranchIsInvisibleUntilItIsPublished() {
    Table table = table("swbranch");
    Optional<String> branch = Optional.of(AuditBranches.nameFor("r1"));
    Stamp stamp = table.stamp(0, 10, branch);

    long added = StampedWrite.append(rows(0, 3), table.name, stamp, branch);

    assertThat(added).isEqualTo(3);
    assertThat(lake.read(table.name).count()).isZero();
    assertThat(lake.readBranch(table.name, branch.get()).count()).isEqualTo(3);
    AuditBranches.publish(lake.table(table.name), branch.get());
    assertThat(lake.read(table.name).count()).isEqualTo(3);
    assertThat(lake.head(table.name).lanes().at(LANE)).isEqualTo(10);
  }

  @Test
  void aSecondBranchStartsFromWhatMainHolds() {
    Table table = table("swsecond");
    StampedWrite.append(rows(0, 3), table.name, table.stamp(0, 10), Optional.empty());
    Optional<String> branch = Optional.of("audit_r2");

    StampedWrite.append(rows(3, 4), table.name, table.stamp(10, 20, branch), branch);

    assertThat(lake.readBranch(table.name, "audit_r2").count()).isEqualTo(4);
    assertThat(lake.read(table.name).count()).isEqualTo(3);
  }

  @Test
  void anAppendOfNothingMovesTheHeadToo() {
    Table table = table("swempty");

    long added = StampedWrite.append(rows(0, 0), table.name, table.stamp(0, 10), Optional.empty());

    assertThat(added).isZero();
    assertThat(lake.head(table.name).lanes().at(LANE)).isEqualTo(10);
  }

  @Test
  void anOverwriteReplacesWhatTheConditionNames() {
    Table table = table("swover");
    StampedWrite.append(rows(0, 4), table.name, table.stamp(0, 10), Optional.empty());

    long added =
        StampedWrite.overwrite(
            rows(7, 8),
            table.name,
            col("reading_oid").geq(0),
            table.stamp(10, 20),
            Optional.empty());

    assertThat(added).isEqualTo(1);
    assertThat(lake.read(table.name).select("reading_oid").first().getLong(0)).isEqualTo(7);
    assertThat(lake.head(table.name).edition()).isEqualTo(2);
  }

  @Test
  void anOverwriteByNothingOfNothingMovesTheHeadOnMainAndOnABranch() {
    Table table = table("swnothing");
    Optional<String> branch = Optional.of("audit_r3");

    StampedWrite.overwrite(rows(0, 0), table.name, lit(true), table.stamp(0, 10), Optional.empty());
    StampedWrite.overwrite(rows(0, 0), table.name, lit(true), table.stamp(10, 20, branch), branch);
    AuditBranches.publish(lake.table(table.name), branch.get());

    assertThat(lake.head(table.name).edition()).isEqualTo(2);
    assertThat(lake.head(table.name).lanes().at(LANE)).isEqualTo(20);
  }

  @Test
  void aStampForAnotherBranchIsNotWritten() {
    Table table = table("swmismatch");

    assertThatThrownBy(
            () ->
                StampedWrite.append(
                    rows(0, 1), table.name, table.stamp(0, 1), Optional.of("audit_x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Dataset<Row> rows(long from, long until) {
    return lake.spark()
        .range(from, until)
        .select(
            col("id").as("reading_oid"),
            lit(Instant.parse("2026-01-01T00:00:00Z")).as("read_at"),
            lit(1.5).as("amount"),
            lit("a").as("_lane"),
            col("id").as("_sequence"),
            lit(1L).as("_raw_edition"),
            lit("1.0.0").as("_contract_version"));
  }

  private Table table(String tenant) {
    DataContract contract = AContract.of(tenant).contract();
    new ZoneTables(lake.catalog()).stage(contract, new TenantId(tenant));
    return new Table(contract.stageTable(new TenantId(tenant)), contract);
  }

  private final class Table {
    private final String name;
    private final DataContract contract;

    Table(String name, DataContract contract) {
      this.name = name;
      this.contract = contract;
    }

    Stamp stamp(long from, long until) {
      return stamp(from, until, Optional.empty());
    }

    Stamp stamp(long from, long until, Optional<String> branch) {
      return NextStamp.on(
          lake.head(name),
          run,
          contract,
          Map.of(LANE, new LaneRange(from, until)),
          branch,
          Touched.NOTHING);
    }
  }
}
