package dev.sluice.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.contract.Canary;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.privacy.KeysetFiles;
import dev.sluice.catalog.privacy.TenantCipher;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.publishing.StampedWrite;
import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.PlanContract;
import dev.sluice.catalog.tables.StampText;
import dev.sluice.catalog.tables.ZoneTables;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A tenant's data set whose raw editions are made by hand. */
final class LandedByHand {
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final long NOON = NOW.toEpochMilli();

  final Lake lake = SharedLake.lake();
  final DataContract contract;
  final TenantId tenant;
  final WrappedKeyset keyset;
  private final TreeMap<String, Long> next = new TreeMap<>();
  private Optional<Row[]> headers = Optional.empty();

  LandedByHand(DataContract contract) {
    this.contract = contract;
    this.tenant = contract.tenants().get(0);
    this.keyset =
        new KeysetFiles(SharedLake.folder().resolve("keys"), KeysetFiles.Profile.EMBEDDED)
            .createIfMissing(tenant);
    new ZoneTables(lake.catalog()).raw(contract, tenant);
  }

  /** The same lake and tenant under another contract. */
  LandedByHand under(DataContract other) {
    LandedByHand same = new LandedByHand(other);
    same.next.putAll(next);
    return same;
  }

  /** The same under another contract, applied to its tables. */
  LandedByHand applied(DataContract other) {
    new PlanContract(lake.catalog()).apply(other, tenant);
    return under(other);
  }

  static String event(long id, long at, String more) {
    return "{\"id\":" + id + ",\"seen_at\":" + at + (more.isEmpty() ? "" : "," + more) + "}";
  }

  /** The messages of the next edition are canaries. */
  LandedByHand canaries() {
    return withHeader(Canary.HEADER, "c1");
  }

  /** The messages of the next edition have this header. */
  LandedByHand withHeader(String name, String value) {
    headers = Optional.of(new Row[] {RowFactory.create(name, value.getBytes(UTF_8))});
    return this;
  }

  /** One raw edition from lane 0. */
  LandedByHand land(String... messages) {
    List<Map.Entry<Integer, byte[]>> all = new ArrayList<>();
    for (String message : messages) {
      all.add(Map.entry(0, message.getBytes(UTF_8)));
    }
    return land(all);
  }

  /** One raw edition; an empty array of bytes of length 0 stands for itself, see tombstone. */
  LandedByHand land(List<Map.Entry<Integer, byte[]>> messages) {
    List<Row> rows = new ArrayList<>();
    TreeMap<Lane, LaneRange> taken = new TreeMap<>();
    for (var message : messages) {
      String lane = lane(message.getKey());
      long sequence = next.getOrDefault(lane, 0L);
      next.put(lane, sequence + 1);
      LaneRange before = taken.getOrDefault(new Lane(lane), new LaneRange(sequence, sequence));
      taken.put(new Lane(lane), new LaneRange(before.from(), sequence + 1));
      byte[] value = message.getValue() == TOMBSTONE ? null : message.getValue();
      Timestamp at = Timestamp.from(NOW);
      rows.add(RowFactory.create(lane, sequence, at, at, null, value, headers.orElse(null)));
    }
    headers = Optional.empty();
    String raw = contract.rawTable(tenant);
    StampedWrite.append(
        lake.spark().createDataFrame(rows, RAW),
        raw,
        NextStamp.on(Heads.of(lake.table(raw)), run(), contract, taken),
        Optional.empty());
    return this;
  }

  /** Raw has no rows of that edition any more, as after its retention. */
  void forget(long edition) {
    Table raw = lake.table(contract.rawTable(tenant));
    raw.newDelete()
        .deleteFromRowFilter(Expressions.equal(Lake.EDITION, edition))
        .set(
            Stamp.SUMMARY_KEY,
            StampText.write(NextStamp.on(Heads.of(raw), run(), contract, Map.of())))
        .commit();
  }

  static final byte[] TOMBSTONE = new byte[0];

  static String lane(int partition) {
    return "local/sightings@abc/" + partition;
  }

  static RunContext run() {
    return RunContext.start("test", Clock.systemUTC());
  }

  JobOutcome promote() {
    return promotion().run();
  }

  PromoteRawToStage promotion() {
    return new PromoteRawToStage(lake, contract, tenant, keyset, run());
  }

  Row[] stage(String... columns) {
    return (Row[])
        lake.read(contract.stageTable(tenant))
            .orderBy("_raw_edition", "_lane", "_sequence")
            .selectExpr(columns)
            .collect();
  }

  Row[] quarantine(String... columns) {
    return (Row[])
        lake.read(contract.quarantineTable(tenant))
            .orderBy("raw_edition", "lane", "sequence")
            .selectExpr(columns)
            .collect();
  }

  TenantCipher cipher() {
    return TenantCipher.open(keyset);
  }

  private static final StructType RAW =
      new StructType()
          .add("lane", DataTypes.StringType, false)
          .add("sequence", DataTypes.LongType, false)
          .add("source_time", DataTypes.TimestampType, false)
          .add("landed_at", DataTypes.TimestampType, false)
          .add("key", DataTypes.BinaryType, true)
          .add("value", DataTypes.BinaryType, true)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType, false)
                      .add("value", DataTypes.BinaryType, true)),
              true);
}
