package dev.sluice.tests.flow;

import static dev.sluice.tests.flow.LakehouseByHand.steps;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.cli.Contracts;
import dev.sluice.pipelines.cli.Lifecycle;
import dev.sluice.pipelines.cli.Maintain;
import dev.sluice.pipelines.cli.Query;
import dev.sluice.pipelines.cli.Rebuild;
import dev.sluice.pipelines.cli.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products that nobody uses go and come back; rows go when their time is over. */
class LifecycleTest {
  private static final String CONTRACT = "parcel-trail";
  private static final List<String> DAYS = List.of("2026-03-01", "2026-03-02", "2026-03-03");
  private static final String PARCELS = "SELECT * FROM lake.mail_refined.parcels";
  private static final String CELLS =
      "SELECT city, region, CAST(sent_on AS STRING), parcels, pieces, paid, heaviest FROM ";
  private static final String REFINED = CELLS + "lake.mail_refined.paid_by_city_day";
  private static final String EXPORTED = CELLS + "mail_refined.paid_by_city_day";
  private static final String MAY = "2026-05-01T00:00:00Z";
  private static final String RETENTION =
      """
      slaProperties:
        - { property: retention, value: 60, unit: d, element: parcel_scans.scanned_at }
        - { property: retention, value: 60, unit: d, element: paid_by_city_day.sent_on }
      """;
  private static final String HOLD =
      RETENTION + "  - { property: legalHold, value: case 12 of the depot }\n";

  @TempDir private Path folder;
  private LakehouseByHand lakehouse;
  private List<Parcel> parcels;

  @BeforeEach
  void aDataSetWithTwoProducts() throws Exception {
    write("1.0.0", "");
    lakehouse = new LakehouseByHand(folder, folder.resolve("contracts"));
    parcels = Parcel.some(11, 0, 60, DAYS);
    lakehouse.load("depots", text("depots.csv"));
    lakehouse.produce(CONTRACT, parcels.stream().map(Parcel::json).toList());
    lakehouse.run(CONTRACT);
  }

  @Test
  void anUnusedProductIsDroppedAndComesBackAndRowsExpireWithoutEmptyingProducts() throws Exception {
    List<String> before = lakehouse.spark(PARCELS);
    unusedProductIsDropped(before);
    everythingElseGoesOn();
    itComesBackEqual(before);

    legalHoldKeepsAll();
    stageRowsExpireAndProductsStay();
  }

  private void unusedProductIsDropped(List<String> before) throws IOException {
    assertThat(lakehouse.said(new Lifecycle(), "--dry-run", "--as-of", inDays(89)))
        .contains("stays: mail_refined.parcels was used or made at");
    assertThat(lakehouse.said(new Lifecycle(), "--dry-run", "--as-of", inDays(91)))
        .contains("drop it with a recipe: 60 rows");
    assertThat(lakehouse.spark(PARCELS)).isEqualTo(before);

    assertThat(lakehouse.said(new Lifecycle(), "--as-of", inDays(91))).contains("rowsDropped 60");

    assertThat(lakehouse.said(new Query(), "SELECT count(*) FROM mail_refined.parcels"))
        .contains("mail_refined.parcels was dropped at")
        .contains("sluice rebuild parcels");
  }

  /** Late news for the other product; nothing fails because one product is gone. */
  private void everythingElseGoesOn() throws Exception {
    List<Parcel> late = Parcel.some(12, 60, 9, List.of("2026-03-02"));
    lakehouse.produce(CONTRACT, late.stream().map(Parcel::json).toList());
    parcels = join(parcels, late);

    JsonNode run = lakehouse.run(CONTRACT);

    assertThat(steps(run, "refine"))
        .anyMatch(step -> step.path("message").asText().contains("rebuild to have it again"));
    assertThat(lakehouse.bigQuery(EXPORTED)).isEqualTo(Parcel.paidByCityDay(parcels, regions(), 2));
    assertThat(lakehouse.said(new Status(), CONTRACT))
        .contains("mail_refined.parcels was dropped at")
        .doesNotContain("mail_refined.parcels  ");
    assertThat(lakehouse.exit(new Status(), CONTRACT)).isZero();
    assertThat(lakehouse.exit(new Contracts(), "apply", CONTRACT)).isZero();
    assertThat(lakehouse.exit(new Maintain(), CONTRACT)).isZero();
    assertThat(lakehouse.spark("SHOW TABLES IN lake.mail_refined LIKE 'parcels'")).isEmpty();
  }

  private void itComesBackEqual(List<String> before) throws IOException {
    assertThat(lakehouse.said(new Rebuild(), "parcels")).contains("60 taken = 60 published");
    assertThat(lakehouse.spark(PARCELS.replace("*", "* EXCEPT (_edition)")))
        .isEqualTo(before.stream().map(line -> line.substring(0, line.lastIndexOf('|'))).toList());

    JsonNode run = lakehouse.run(CONTRACT);

    assertThat(steps(run, "refine").get(0).path("notes").path("partitions").asLong()).isEqualTo(1);
    assertThat(lakehouse.spark("SELECT count(*) FROM lake.mail_refined.parcels"))
        .containsExactly("69");
  }

  private void legalHoldKeepsAll() throws IOException {
    write("1.1.0", HOLD);
    assertThat(lakehouse.exit(new Contracts(), "apply", CONTRACT)).isZero();

    assertThat(lakehouse.said(new Lifecycle(), CONTRACT, "--as-of", MAY))
        .contains("a legal hold keeps all of parcel-trail; its contract says why")
        .doesNotContain("case 12");

    assertThat(lakehouse.spark("SELECT count(*) FROM lake.mail_stage.parcel_scans"))
        .containsExactly("69");
  }

  private void stageRowsExpireAndProductsStay() throws Exception {
    write("1.2.0", RETENTION);
    assertThat(lakehouse.exit(new Contracts(), "apply", CONTRACT)).isZero();
    lakehouse.run(CONTRACT);
    List<String> cells = lakehouse.spark(REFINED);
    List<String> detail = lakehouse.spark(PARCELS.replace("*", "scan, sent_on"));

    assertThat(lakehouse.said(new Lifecycle(), CONTRACT, "--dry-run", "--as-of", MAY))
        .contains("before 2026-03-02T00:00:00Z");
    assertThat(lakehouse.exit(new Lifecycle(), CONTRACT, "--as-of", MAY)).isZero();

    assertThat(lakehouse.spark("SELECT DISTINCT sent_on FROM lake.mail_stage.parcel_scans"))
        .containsExactly("2026-03-02", "2026-03-03");
    rawIsStageAndQuarantineAndWhatExpired();
    List<Parcel> late = Parcel.some(13, 80, 5, List.of("2026-03-01", "2026-03-03"));
    lakehouse.produce(CONTRACT, late.stream().map(Parcel::json).toList());
    lakehouse.run(CONTRACT);

    List<String> lateScans =
        late.stream().filter(p -> p.sentOn().equals("2026-03-03")).map(Parcel::scan).toList();
    assertThat(lakehouse.spark(PARCELS.replace("*", "scan, sent_on")))
        .hasSize(detail.size() + lateScans.size())
        .containsAll(detail);
    assertThat(lakehouse.spark(REFINED))
        .noneMatch(line -> line.contains("2026-03-01"))
        .containsAll(cells.stream().filter(line -> line.contains("2026-03-02")).toList());
    assertThat(lakehouse.bigQuery(EXPORTED))
        .isEqualTo(
            Parcel.paidByCityDay(join(parcels, late), regions(), 2).stream()
                .filter(line -> !line.contains("2026-03-01"))
                .toList());
    assertThat(lakehouse.exit(new Lifecycle(), CONTRACT, "--as-of", MAY)).isZero();
    assertThat(lakehouse.exit(new Status(), CONTRACT)).isZero();
  }

  private void rawIsStageAndQuarantineAndWhatExpired() {
    long raw = count("mail_raw.parcel_trail");
    long placed = count("mail_stage.parcel_scans") + count("mail_quarantine.parcel_trail");

    assertThat(raw).isGreaterThan(placed);
    assertThat(
            lakehouse.spark("SHOW TBLPROPERTIES lake.mail_stage.parcel_scans ('sluice.expired')"))
        .singleElement()
        .satisfies(
            expired ->
                assertThat(expired)
                    .contains("\"before\":\"2026-03-02T00:00:00Z\"")
                    .contains("\"rows\":" + (raw - placed)));
  }

  private long count(String table) {
    return Long.parseLong(lakehouse.spark("SELECT count(*) FROM lake." + table).get(0));
  }

  private static List<Parcel> join(List<Parcel> some, List<Parcel> more) {
    List<Parcel> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static Map<String, String> regions() {
    return Map.of("D1", "north", "D2", "south");
  }

  private static String inDays(int days) {
    return Instant.now().plus(days, ChronoUnit.DAYS).toString();
  }

  private void write(String version, String levels) throws IOException {
    Path contracts = folder.resolve("contracts");
    Files.createDirectories(contracts.resolve("sql"));
    for (String sql : List.of("sql/parcels.sql", "sql/paid_by_city_day.sql")) {
      Files.writeString(contracts.resolve(sql), text(sql));
    }
    Files.writeString(
        contracts.resolve("parcel-trail.odcs.yaml"),
        text("parcel-scans.odcs.yaml")
            .replace("id: parcel-scans\n", "id: parcel-trail\n")
            .replace("version: 1.0.0\n", "version: " + version + "\n")
            .replace("[post]", "[mail]")
            .replace(
                "customProperties:\n  - { property: tenants",
                levels + "customProperties:\n  - { property: tenants")
            .replace(
                "    quality:\n      - id: none_lost",
                "      - { property: lifecycle, value: { recreatable: true } }\n"
                    + "    quality:\n      - id: none_lost"));
  }

  private static String text(String name) throws IOException {
    try (InputStream in = LifecycleTest.class.getResourceAsStream("/third-data-set/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
