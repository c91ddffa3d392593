package dev.sluice.tests.flow;

import static dev.sluice.tests.flow.LakehouseByHand.steps;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data set that no Java knows, with nested parts, arrays, decimals and dates, given as contract,
 * SQL and input: it runs from Kafka to BigQuery, again, and with late news.
 */
class ThirdDataSetTest {
  private static final String CONTRACT = "parcel-scans";
  private static final List<String> FILES =
      List.of("parcel-scans.odcs.yaml", "sql/parcels.sql", "sql/paid_by_city_day.sql");
  private static final List<String> DAYS = List.of("2026-03-01", "2026-03-02", "2026-03-03");
  private static final int K = 2;

  private static final String CELLS =
      "SELECT city, region, CAST(sent_on AS STRING), parcels, pieces, paid, heaviest FROM ";
  private static final String REFINED = CELLS + "lake.post_refined.paid_by_city_day";
  private static final String EXPORTED = CELLS + "post_refined.paid_by_city_day";

  @TempDir private Path folder;

  @Test
  void aThirdDataSetRunsWithoutAChangeInJava() throws Exception {
    LakehouseByHand lakehouse = new LakehouseByHand(folder, contracts());
    List<Parcel> parcels = Parcel.some(11, 0, 60, DAYS);
    Map<String, String> regions = Map.of("D1", "north", "D2", "south");
    lakehouse.lint();
    lakehouse.load("depots", text("depots.csv"));
    List<String> lines = new ArrayList<>(parcels.stream().map(Parcel::json).toList());
    lines.add(parcels.get(0).json());
    lines.addAll(broken());
    lakehouse.produce(CONTRACT, lines);

    JsonNode first = lakehouse.run(CONTRACT);

    JsonNode promoted = steps(first, "promote").get(0);
    assertThat(promoted.path("taken").asLong()).isEqualTo(lines.size());
    assertThat(promoted.path("published").asLong()).isEqualTo(parcels.size());
    assertThat(promoted.path("duplicates").asLong()).isEqualTo(1);
    assertThat(promoted.path("quarantined").asLong()).isEqualTo(broken().size());
    assertThat(lakehouse.spark(REFINED)).isEqualTo(Parcel.paidByCityDay(parcels, regions, 1));
    assertThat(lakehouse.bigQuery(EXPORTED)).isEqualTo(Parcel.paidByCityDay(parcels, regions, K));
    assertNestedPartsCameThrough(lakehouse, parcels.get(1));

    JsonNode second = lakehouse.run(CONTRACT);

    assertThat(second.path("steps"))
        .allMatch(step -> step.path("outcome").asText().equals("NothingToDo"));
    assertThat(second.path("heads")).isEqualTo(first.path("heads"));
    assertThat(second.path("editions")).isEqualTo(first.path("editions"));

    List<Parcel> late = Parcel.some(12, 60, 9, List.of("2026-03-02"));
    lakehouse.produce(CONTRACT, late.stream().map(Parcel::json).toList());

    JsonNode third = lakehouse.run(CONTRACT);

    List<Parcel> all = new ArrayList<>(parcels);
    all.addAll(late);
    assertThat(steps(third, "refine"))
        .hasSize(2)
        .allMatch(step -> step.path("notes").path("partitions").asLong() == 1);
    assertThat(lakehouse.spark(REFINED)).isEqualTo(Parcel.paidByCityDay(all, regions, 1));
    assertThat(lakehouse.bigQuery(EXPORTED)).isEqualTo(Parcel.paidByCityDay(all, regions, K));

    lakehouse.load("depots", "code,region,rent\nD1,north,1\nD2,west,2\nD3,west,3\n");
    lakehouse.run(CONTRACT);

    Map<String, String> moved = Map.of("D1", "north", "D2", "west", "D3", "west");
    assertThat(lakehouse.bigQuery(EXPORTED)).isEqualTo(Parcel.paidByCityDay(all, moved, K));
    assertNoRecipientBeyondRaw(lakehouse);
  }

  /** One message for each way in which this contract's types can be missed. */
  private static List<String> broken() {
    String good = Parcel.some(13, 900, 1, DAYS).get(0).json();
    return List.of(
        "not json",
        good.replaceFirst("\"scan\":\"[^\"]*\",", ""),
        good.replaceFirst("\"paid\":[0-9.]+", "\"paid\":1.005"),
        good.replaceFirst("\"paid\":[0-9.]+", "\"paid\":12345678901.00"),
        good.replaceFirst("\"weights\":\\[[^\\]]*\\]", "\"weights\":[1.5,\"two\"]"),
        good.replaceFirst("\"weights\":\\[[^\\]]*\\]", "\"weights\":2.5"),
        good.replaceFirst("\"sku\":\"[^\"]*\",", ""),
        good.replaceFirst("\"items\":\\[.*?\\],\"paid\"", "\"items\":[],\"paid\""),
        good.replaceFirst("\"sent_on\":\"[^\"]*\"", "\"sent_on\":\"2026-02-30\""),
        good.replaceFirst("\"address\":\\{[^}]*\\}", "\"address\":null"));
  }

  private static void assertNestedPartsCameThrough(LakehouseByHand lakehouse, Parcel parcel) {
    assertThat(
            lakehouse.spark(
                "SELECT concat_ws('|', depot.address.city, depot.address.opened_on, depot.dock,"
                    + " cast(weights AS string), size(items), items[0].sku, items[0].price, paid)"
                    + " FROM lake.post_refined.parcels WHERE scan = '"
                    + parcel.scan()
                    + "'"))
        .containsExactly(
            String.join(
                "|",
                parcel.city(),
                "1999-12-31",
                "7",
                parcel.weights().toString(),
                Integer.toString(parcel.pieces().size()),
                "sku-" + parcel.pieces().get(0),
                parcel.pieces().get(0) + ".50",
                parcel.paid().setScale(2).toString()));
  }

  private static void assertNoRecipientBeyondRaw(LakehouseByHand lakehouse) {
    assertThat(
            lakehouse.spark(
                "SELECT recipient_token FROM lake.post_stage.parcel_scans"
                    + " WHERE recipient_token LIKE '%@%' OR length(recipient_token) < 20"))
        .isEmpty();
  }

  private Path contracts() throws IOException {
    Path contracts = folder.resolve("contracts");
    for (String name : FILES) {
      Path file = contracts.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text(name));
    }
    return contracts;
  }

  private static String text(String name) throws IOException {
    try (InputStream in = ThirdDataSetTest.class.getResourceAsStream("/third-data-set/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
