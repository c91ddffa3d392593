package dev.sluice.catalog.publishing.upkeep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.Upkeep;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.LocalLocation;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.publishing.fixture.AContract;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.AuditBranches;
import dev.sluice.catalog.tables.ZoneTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MaintainTableTest {
  private static final Lane LANE = Lane.ofTable("somewhere_raw.readings");
  private static final Upkeep UPKEEP =
      new Upkeep(1_000_000, 4, 2, Duration.ofHours(1), 5, Duration.ofDays(2));

  private final Lake lake = SharedLake.lake();
  private final RunContext run =
      new RunContext("r1", "test", Instant.parse("2026-01-01T00:00:00Z"));
  private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

  @Test
  void smallFilesAreOneAndEveryRowKeepsItsEdition() {
    Readings table = table("mtcompact");
    table.appendEach(8);
    Head before = lake.head(table.name);

    Map<String, Long> notes = done(maintain(table, tomorrow));

    assertThat(files(table)).isEqualTo(1);
    assertThat(notes).containsEntry("filesBefore", 8L).containsEntry("filesAfter", 1L);
    assertThat(lake.head(table.name)).isEqualTo(before);
    assertThat(lake.news(table.name, new LaneRange(3, 5)).select("reading_oid").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void snapshotsOlderThanDeclaredGoAndTheLastOnesStay() {
    Readings table = table("mtexpire");
    table.appendEach(6);

    Map<String, Long> notes = done(maintain(table, tomorrow));

    assertThat(lake.table(table.name).snapshots()).hasSize(2);
    assertThat(notes.get("snapshotsExpired")).isEqualTo(5);
    assertThat(lake.read(table.name).count()).isEqualTo(6);
  }

  @Test
  void youngSnapshotsStay() {
    Readings table = table("mtyoung");
    table.appendEach(3);

    maintain(table, Instant.now());

    assertThat(lake.table(table.name).snapshots()).hasSize(3);
  }

  @Test
  void onlyOldFilesThatNobodyKnowsAreOrphans() throws IOException {
    Readings table = table("mtorphans");
    table.appendEach(2);
    Path data = LocalLocation.path(lake.table(table.name).location()).resolve("data");
    Path old = Files.writeString(data.resolve("left-behind.parquet"), "x");
    Path young = Files.writeString(data.resolve("being-written.parquet"), "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(3))));

    Map<String, Long> notes = done(maintain(table, Instant.now()));

    assertThat(notes).containsEntry("orphansRemoved", 1L);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(lake.read(table.name).count()).isEqualTo(2);
  }

  @Test
  void branchesOfRunsThatAreOverGoAndThoseOfOthersStay() {
    Readings table = table("mtbranches");
    table.appendEach(1);
    for (String branch : new String[] {"audit_dead", "audit_alive", "release"}) {
      AuditBranches.create(lake.table(table.name), branch);
    }

    Map<String, Long> notes = done(maintain(table, tomorrow));

    assertThat(notes).containsEntry("branchesDropped", 1L);
    assertThat(lake.table(table.name).refs()).containsOnlyKeys("main", "audit_alive", "release");
  }

  @Test
  void aPlanSaysWhatARunWouldDoAndChangesNothing() {
    Readings table = table("mtplan");
    table.appendEach(6);
    Table before = lake.table(table.name);

    var plan = job(table, tomorrow).plan();

    assertThat(plan.lines())
        .anySatisfy(line -> assertThat(line).startsWith("put together 6 small of 6 files"))
        .contains("expire snapshots: 4");
    assertThat(lake.table(table.name).currentSnapshot().snapshotId())
        .isEqualTo(before.currentSnapshot().snapshotId());
    assertThat(lake.table(table.name).snapshots()).hasSize(6);
  }

  @Test
  void aTableInOrderIsLeftAlone() {
    Readings table = table("mtagain");
    table.appendEach(6);
    maintain(table, tomorrow);

    JobOutcome again = maintain(table, tomorrow);

    assertThat(again).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(job(table, tomorrow).plan().nothingToDo()).isTrue();
  }

  @Test
  void aWriterGoesOnMeanwhileAndNothingIsLost() {
    Readings table = table("mtwhile");
    table.appendEach(6);
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              do {
                table.appendEach(1);
              } while (!stop.get());
            });

    maintain(table, tomorrow);
    maintain(table, tomorrow);
    stop.set(true);
    writer.join();

    assertThat(lake.head(table.name).lanes().at(LANE)).isEqualTo(table.written);
    assertThat(lake.read(table.name).select("reading_oid").distinct().count())
        .isEqualTo(table.written);
    assertThat(lake.read(table.name).count()).isEqualTo(table.written);
  }

  private JobOutcome maintain(Readings table, Instant now) {
    return job(table, now).run("readings", "test");
  }

  private MaintainTable job(Readings table, Instant now) {
    return new MaintainTable(lake, table.name, UPKEEP, "alive"::equals, now);
  }

  private static Map<String, Long> done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).figures().notes();
  }

  private long files(Readings table) {
    long count = 0;
    for (FileScanTask unused : CloseableIterable.withNoopClose(list(table))) {
      count++;
    }
    return count;
  }

  private Iterable<FileScanTask> list(Readings table) {
    return lake.table(table.name).newScan().planFiles();
  }

  private Readings table(String tenant) {
    DataContract contract = AContract.of(tenant).contract();
    new ZoneTables(lake.catalog()).stage(contract, new TenantId(tenant));
    return new Readings(contract.stageTable(new TenantId(tenant)), contract);
  }

  /** A stage table that grows by one row and one file a commit. */
  private final class Readings {
    private final String name;
    private final DataContract contract;
    private volatile long written;

    Readings(String name, DataContract contract) {
      this.name = name;
      this.contract = contract;
    }

    void appendEach(int times) {
      for (int i = 0; i < times; i++) {
        StampedWrite.append(
            row(written),
            name,
            NextStamp.on(
                lake.head(name),
                run,
                contract,
                Map.of(LANE, new LaneRange(written, written + 1)),
                Optional.empty(),
                Touched.NOTHING),
            Optional.empty());
        written++;
      }
    }

    private Dataset<Row> row(long id) {
      return lake.spark()
          .range(id, id + 1, 1, 1)
          .select(
              col("id").as("reading_oid"),
              lit(Instant.parse("2026-01-01T00:00:00Z")).as("read_at"),
              lit(1.5).as("amount"),
              lit("a").as("_lane"),
              col("id").as("_sequence"),
              lit(1L).as("_raw_edition"),
              lit("1.0.0").as("_contract_version"));
    }
  }
}
