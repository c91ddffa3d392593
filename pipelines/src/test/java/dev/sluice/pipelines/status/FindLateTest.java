package dev.sluice.pipelines.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.tables.GovernedTables;
import dev.sluice.catalog.tables.HeadText;
import dev.sluice.catalog.tables.StampText;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FindLateTest {
  private static final String RAW = "airports_raw.flights";
  private static final TenantId AIRPORTS = new TenantId("airports");
  private static final Lane LANE = Lane.ofKafka("c", "airports.flights.v1", "id", 0);

  /** Its latency is two hours. */
  private static final DataContract FLIGHTS =
      ContractFolder.read(Path.of("../catalog/contracts")).stream()
          .filter(contract -> contract.id().equals("flights"))
          .findFirst()
          .orElseThrow();

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final SortedMap<Lane, Long> firstYoung = new TreeMap<>();

  @BeforeEach
  void aCatalog() {
    catalog.initialize("lake", Map.of());
    catalog.createNamespace(Namespace.of("airports_raw"));
    catalog.createTable(
        TableIdentifier.parse(RAW),
        new Schema(Types.NestedField.required(1, "key", Types.LongType.get())));
  }

  @Test
  void anEditionThatWaitsLongerThanTheContractAllowsIsLate() {
    publish(1);

    assertThat(in(Duration.ofHours(3), stage(1, 2)))
        .singleElement()
        .satisfies(late -> assertThat(late.waiting()).isGreaterThan(Duration.ofMinutes(179)));
    assertThat(in(Duration.ofHours(1), stage(1, 2))).isEmpty();
  }

  @Test
  void waitingCountsFromTheFirstEditionThatWasNotTaken() {
    publish(1);
    Instant first = Instant.ofEpochMilli(raw().currentSnapshot().timestampMillis());
    publish(2);
    publish(3);

    assertThat(new ReadTables(catalog).publishedAt(RAW, 1)).contains(first);
    assertThat(new ReadTables(catalog).publishedAt(RAW, 3))
        .contains(Instant.ofEpochMilli(raw().currentSnapshot().timestampMillis()));
    assertThat(new ReadTables(catalog).publishedAt(RAW, 4)).isEmpty();
  }

  @Test
  void aTableThatNeverPublishedKeepsNobodyWaiting() {
    assertThat(in(Duration.ofDays(30), stage(0, 1))).isEmpty();
  }

  @Test
  void whatHasBeenTakenIsNeverLate() {
    publish(1);

    assertThat(in(Duration.ofDays(30), stage(2, 2))).isEmpty();
  }

  @Test
  void messagesAreLateWhenOneOlderThanTheLatencyHasNotLanded() {
    firstYoung.put(LANE, 7L);

    assertThat(in(Duration.ZERO, landed(6, 9))).hasSize(1);
    assertThat(in(Duration.ZERO, landed(7, 9))).isEmpty();
  }

  @Test
  void messagesAreLateWhenAllThatHaveNotLandedAreOld() {
    assertThat(in(Duration.ZERO, landed(6, 9))).hasSize(1);
  }

  @Test
  void aContractThatPromisesNothingIsNeverLate() {
    DataContract silent =
        new DataContract(
            FLIGHTS.id(),
            FLIGHTS.version(),
            FLIGHTS.tenants(),
            FLIGHTS.source(),
            FLIGHTS.stage(),
            FLIGHTS.references(),
            FLIGHTS.products(),
            FLIGHTS.owner(),
            FLIGHTS.text());

    assertThat(find(Duration.ofDays(1)).of(silent, AIRPORTS, List.of(landed(0, 9)))).isEmpty();
  }

  private List<Late> in(Duration later, LaneLag lag) {
    return find(later).of(FLIGHTS, AIRPORTS, List.of(lag));
  }

  private FindLate find(Duration later) {
    Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    return new FindLate(new ReadTables(catalog), (topic, time) -> firstYoung, clock);
  }

  private static LaneLag stage(long head, long end) {
    return new LaneLag("stage", "airports_stage.flights", RAW, head, end);
  }

  private static LaneLag landed(long head, long end) {
    return new LaneLag("raw", RAW, LANE.name(), head, end);
  }

  private void publish(long edition) {
    Stamp stamp =
        new Stamp(
            "r1",
            "flights",
            "1.0.0",
            "test",
            0,
            edition,
            Optional.empty(),
            new TreeMap<>(),
            Touched.NOTHING);
    raw().newAppend().set(Stamp.SUMMARY_KEY, StampText.write(stamp)).commit();
    raw()
        .updateProperties()
        .set(GovernedTables.HEAD, HeadText.write(new Head(0, edition, Position.START)))
        .commit();
  }

  private Table raw() {
    return catalog.loadTable(TableIdentifier.parse(RAW));
  }
}
