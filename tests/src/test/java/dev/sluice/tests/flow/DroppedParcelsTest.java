package dev.sluice.tests.flow;

import static dev.sluice.tests.flow.LakehouseByHand.steps;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The third data set as files of other writers, nested parts, lists, decimals and times included:
 * every format ends as the same rows of stage and of BigQuery, beside a topic and without Kafka.
 */
class DroppedParcelsTest {
  private static final List<String> DAYS = List.of("2026-03-01", "2026-03-02", "2026-03-03");
  private static final Map<String, String> REGIONS = Map.of("D1", "north", "D2", "south");
  private static final int K = 2;
  private static final String FILES =
      """
        - server: files
          type: local
          path: ${DROP}/${TENANT}/%s
          format: %s
          customProperties:
            - { property: source, value: { settle: PT1S } }

      """;

  @TempDir private Path folder;

  @Test
  void everyFormatGivesTheSameRowsWithoutKafka() throws Exception {
    List<Parcel> parcels = Parcel.some(21, 0, 60, DAYS);
    contract("avro", "courier", false);
    contract("parquet", "freight", false);
    LakehouseByHand lakehouse = new LakehouseByHand(folder, folder.resolve("contracts"));
    withoutKafka(lakehouse);
    lakehouse.lint();
    lakehouse.load("depots", text("depots.csv"));
    for (int from = 0; from < parcels.size(); from += 30) {
      List<Parcel> some = parcels.subList(from, from + 30);
      ParcelFiles.avro(some, drop("courier", "avro").resolve("part-" + from + ".avro"));
      Path lines = folder.resolve("lines-" + from + ".jsonl");
      Files.write(lines, some.stream().map(Parcel::json).toList());
      lakehouse.spark(ParcelFiles.asParquet(lines, drop("freight", "parquet").resolve("" + from)));
    }

    JsonNode report = lakehouse.run();

    assertThat(steps(report, "land-files"))
        .hasSize(2)
        .allMatch(step -> step.path("published").asInt() == parcels.size());
    assertThat(steps(report, "land")).isEmpty();
    assertThat(steps(report, "promote"))
        .hasSize(2)
        .allMatch(step -> step.path("published").asInt() == parcels.size());
    List<String> avro = stage(lakehouse, "courier", "avro");
    assertThat(avro).hasSize(parcels.size()).contains(expected(parcels.get(7)));
    assertThat(stage(lakehouse, "freight", "parquet")).isEqualTo(avro);
    for (String tenant : List.of("courier", "freight")) {
      assertThat(exported(lakehouse, tenant)).isEqualTo(Parcel.paidByCityDay(parcels, REGIONS, K));
    }
    assertThat(lakehouse.run().path("steps"))
        .allMatch(step -> step.path("outcome").asText().equals("NothingToDo"));
  }

  @Test
  void theSameEventsFromTopicAndFolderCountOnce() throws Exception {
    List<Parcel> parcels = Parcel.some(22, 0, 40, DAYS);
    contract("json", "relay", true);
    LakehouseByHand lakehouse = new LakehouseByHand(folder, folder.resolve("contracts"));
    lakehouse.load("depots", text("depots.csv"));
    Path file = drop("relay", "json").resolve("all.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      String lines = parcels.stream().map(Parcel::json).collect(Collectors.joining("\n"));
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode before = lakehouse.run("parcel-scans-json"); // the topic is not there yet
    lakehouse.produce(
        "parcel-scans-json", parcels.subList(0, 15).stream().map(Parcel::json).toList());
    lakehouse.produce(
        "parcel-scans-json", Parcel.some(23, 40, 5, DAYS).stream().map(Parcel::json).toList());
    JsonNode after = lakehouse.run("parcel-scans-json");

    assertThat(steps(before, "land").get(0).path("outcome").asText()).isEqualTo("NothingToDo");
    assertThat(steps(before, "promote").get(0).path("published").asInt()).isEqualTo(40);
    JsonNode promoted = steps(after, "promote").get(0);
    assertThat(promoted.path("taken").asInt()).isEqualTo(20);
    assertThat(promoted.path("duplicates").asInt()).isEqualTo(15);
    assertThat(stage(lakehouse, "relay", "json")).hasSize(45);
  }

  private static List<String> stage(LakehouseByHand lakehouse, String tenant, String variant) {
    return lakehouse.spark(
        "SELECT scan, scanned_at, sent_on, depot, weights, items, paid, fragile FROM lake."
            + tenant
            + "_stage.parcel_scans_"
            + variant);
  }

  private static List<String> exported(LakehouseByHand lakehouse, String tenant)
      throws InterruptedException {
    return lakehouse.bigQuery(
        "SELECT city, region, CAST(sent_on AS STRING), parcels, pieces, paid, heaviest FROM "
            + tenant
            + "_refined.paid_by_city_day");
  }

  private static String expected(Parcel parcel) {
    String items =
        parcel.pieces().stream()
            .map(n -> "[sku-" + n + "," + n + "," + n + ".50]")
            .collect(Collectors.joining(", ", "ArraySeq(", ")"));
    String weights =
        parcel.weights().stream().map(Object::toString).collect(Collectors.joining(", "));
    return String.join(
        "|",
        parcel.scan(),
        parcel.sentOn() + " 10:00:00.0",
        parcel.sentOn(),
        "[" + parcel.depot() + ",7,[" + parcel.city() + ",1999-12-31]]",
        "ArraySeq(" + weights + ")",
        items,
        parcel.paid().stripTrailingZeros().toPlainString(),
        "true");
  }

  /** The third data set's contract, under another id, for another tenant, with a folder. */
  private void contract(String format, String tenant, boolean topic) throws IOException {
    for (String name :
        List.of("parcel-scans.odcs.yaml", "sql/parcels.sql", "sql/paid_by_city_day.sql")) {
      String changed =
          text(name)
              .replaceFirst(
                  (topic ? "\n" : "(?s)  - server: events.*?") + "\nschema:",
                  Matcher.quoteReplacement(
                      (topic ? "\n" : "") + FILES.formatted(format, format) + "schema:"))
              .replace("parcel-scans", "parcel-scans-" + format)
              .replace("parcel_scans", "parcel_scans_" + format)
              .replace("sql: sql/", "sql: sql/" + format + "_")
              .replace("value: [post]", "value: [" + tenant + "]");
      Path file =
          folder
              .resolve("contracts")
              .resolve(name.replace("sql/", "sql/" + format + "_").replace("scans.", format + "."));
      Files.createDirectories(file.getParent());
      Files.writeString(file, changed);
    }
  }

  private Path drop(String tenant, String format) throws IOException {
    return Files.createDirectories(
        folder.resolve("home").resolve("drop").resolve(tenant).resolve(format));
  }

  private static void withoutKafka(LakehouseByHand lakehouse) throws IOException {
    Path file = lakehouse.folder().resolve("sluice.yaml");
    String bootstrap = "bootstrap: ";
    Files.write(
        file,
        Files.readAllLines(file).stream()
            .map(line -> line.contains(bootstrap) ? nowhere(line) : line)
            .toList());
    assertThat(Files.readString(file)).contains("127.0.0.1:1\n");
  }

  private static String nowhere(String line) {
    return line.substring(0, line.indexOf(':') + 2) + "127.0.0.1:1";
  }

  private static String text(String name) throws IOException {
    try (InputStream in = DroppedParcelsTest.class.getResourceAsStream("/third-data-set/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
