package dev.sluice.pipelines.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.ServiceLevels;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.tables.ZoneTables;
import dev.sluice.pipelines.registry.SentCanaries;
import dev.sluice.pipelines.registry.TestPostgres;
import dev.sluice.pipelines.status.JudgePromises.Judged;
import dev.sluice.pipelines.status.Sighting.Seen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JudgePromisesTest {
  private static final TenantId AIRPORTS = new TenantId("airports");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Lane LANE = Lane.ofKafka("local", "flights", "x", 0);
  private static final DataContract FLIGHTS = flights();

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final SentCanaries canaries = new SentCanaries(TestPostgres.migrated());

  @BeforeEach
  void tables() {
    catalog.initialize("lake", Map.of());
    new ZoneTables(catalog).raw(FLIGHTS, AIRPORTS);
    new ZoneTables(catalog).stage(FLIGHTS, AIRPORTS);
    new ZoneTables(catalog).quarantine(FLIGHTS, AIRPORTS);
  }

  @Test
  void freshEventsAndEnoughRowsAreAsPromised() {
    staged("2026-11-20T11:00:00Z");
    landed("2026-11-19", 100);

    Judged judged = judge(List.of());

    assertThat(judged.broken()).isEmpty();
    assertThat(judged.measured()).hasSize(2);
  }

  @Test
  void oldEventsAreLateAndCanariesTellWhy() {
    staged("2026-11-20T08:00:00Z");
    landed("2026-11-19", 100);

    assertThat(judge(List.of()).broken())
        .singleElement()
        .satisfies(b -> assertThat(b.quality()).isFalse())
        .satisfies(b -> assertThat(b.what()).contains("no canary was sent"));
    assertThat(judge(List.of(canary(true))).broken())
        .singleElement()
        .satisfies(b -> assertThat(b.what()).contains("the source is silent"));
    assertThat(judge(List.of(canary(false))).broken())
        .extracting(Broken::what)
        .anyMatch(what -> what.contains("has not come to raw"))
        .anyMatch(what -> what.contains("something is broken"));
  }

  @Test
  void tooFewRowsOfYesterdayAreMissingAndCanariesAreNone() {
    staged("2026-11-20T11:00:00Z");
    landed("2026-11-18", 500);
    landed("2026-11-19", 100);
    canaries.sent(
        FLIGHTS.id(), AIRPORTS, "c1", Map.of(LANE, 5L), Instant.parse("2026-11-19T10:00:00Z"));

    assertThat(judge(List.of()).broken())
        .singleElement()
        .satisfies(b -> assertThat(b.quality()).isTrue())
        .satisfies(b -> assertThat(b.what()).contains("got 99 events on 2026-11-19"));
  }

  @Test
  void whatCameAgainIsNoEventMore() throws IOException {
    staged("2026-11-20T11:00:00Z");
    landed("2026-11-18", 500, 6);
    landed("2026-11-19", 102, 7);
    setAside("duplicate", 6, 1, 2, 3);
    setAside("duplicate", 7, 4, 5);
    setAside("duplicate", 7, 5);
    setAside("quarantined", 7, 8);

    assertThat(judge(List.of()).broken()).isEmpty();
    assertThat(judge(List.of()).measured())
        .anyMatch(what -> what.contains("got 100 events on 2026-11-19 (2 more came again)"));

    setAside("duplicate", 7, 9);
    assertThat(judge(List.of()).broken()).extracting(Broken::quality).containsExactly(true);
  }

  @Test
  void aDataSetThatBeganTodayIsNotJudgedByYesterday() {
    staged("2026-11-20T11:00:00Z");
    landed("2026-11-20", 5);

    assertThat(judge(List.of()).broken()).isEmpty();
  }

  private Judged judge(List<Sighting> sightings) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new JudgePromises(new FileFacts(catalog), new CountRepeats(catalog), canaries, clock)
        .of(FLIGHTS, AIRPORTS, sightings);
  }

  private static Sighting canary(boolean seen) {
    Instant sent = NOW.minus(Duration.ofHours(3));
    Optional<Seen> where =
        seen ? Optional.of(new Seen(sent, Optional.of(sent.plusSeconds(9)))) : Optional.empty();
    return new Sighting(LANE, sent, where, where);
  }

  private void staged(String newest) {
    Table stage = catalog.loadTable(id(FLIGHTS.stageTable(AIRPORTS)));
    int field = stage.schema().findField("scheduled_at").fieldId();
    ByteBuffer bound = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    bound.putLong(0, Instant.parse(newest).toEpochMilli() * 1000);
    add(
        stage,
        DataFiles.builder(stage.spec())
            .withPartitionPath("scheduled_at_month=682")
            .withMetrics(
                new Metrics(
                    10L, null, null, null, null, Map.of(field, bound), Map.of(field, bound)))
            .withPath("stage.parquet")
            .withFileSizeInBytes(10)
            .build());
  }

  private void landed(String day, long rows) {
    landed(day, rows, 1);
  }

  private void landed(String day, long rows, long edition) {
    Table raw = catalog.loadTable(id(FLIGHTS.rawTable(AIRPORTS)));
    int field = raw.schema().findField("_edition").fieldId();
    ByteBuffer bound = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, edition);
    add(
        raw,
        DataFiles.builder(raw.spec())
            .withPartitionPath("landed_at_day=" + day)
            .withPath(day + ".parquet")
            .withFileSizeInBytes(10)
            .withMetrics(
                new Metrics(
                    rows, null, null, null, null, Map.of(field, bound), Map.of(field, bound)))
            .build());
  }

  /** A file of verdicts, as promotion writes it. */
  private void setAside(String fate, long rawEdition, long... sequences) throws IOException {
    Table quarantine = catalog.loadTable(id(FLIGHTS.quarantineTable(AIRPORTS)));
    PartitionData partition = new PartitionData(quarantine.spec().partitionType());
    partition.set(0, fate);
    DataWriter<Record> writer =
        Parquet.writeData(quarantine.io().newOutputFile("mem/" + UUID.randomUUID() + ".parquet"))
            .forTable(quarantine)
            .createWriterFunc(GenericParquetWriter::create)
            .withPartition(partition)
            .build();
    try (writer) {
      for (long sequence : sequences) {
        Record row = GenericRecord.create(quarantine.schema());
        row.setField("_edition", 1L);
        row.setField("lane", LANE.name());
        row.setField("sequence", sequence);
        row.setField("raw_edition", rawEdition);
        row.setField("fate", fate);
        row.setField("reason", "SAME_EVENT");
        row.setField("contract_version", "1.0.0");
        row.setField("size", 2);
        writer.write(row);
      }
    }
    add(quarantine, writer.toDataFile());
  }

  private static void add(Table table, DataFile file) {
    table.newFastAppend().appendFile(file).commit();
  }

  private static TableIdentifier id(String name) {
    return TableIdentifier.parse(name);
  }

  /** The shipped contract with promises. */
  private static DataContract flights() {
    DataContract shipped =
        ContractFolder.read(Path.of("../catalog/contracts")).stream()
            .filter(c -> c.id().equals("flights"))
            .findFirst()
            .orElseThrow();
    return new DataContract(
        shipped.id(),
        shipped.version(),
        shipped.tenants(),
        shipped.source(),
        shipped.stage(),
        shipped.references(),
        shipped.products(),
        shipped.owner(),
        shipped.upkeep(),
        new ServiceLevels(
            Optional.of(Duration.ofHours(2)),
            Optional.of(Duration.ofHours(2)),
            OptionalLong.of(100),
            Map.of(),
            Optional.empty()),
        shipped.text(),
        shipped.evolution());
  }
}
