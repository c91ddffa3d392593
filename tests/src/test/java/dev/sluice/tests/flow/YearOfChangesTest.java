package dev.sluice.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.cli.Contracts;
import dev.sluice.pipelines.cli.Quarantine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year of contract changes with old and new producers side by side. Every message sent is in
 * stage or waits in quarantine with its reason, whatever the contract said when it came; once the
 * contract is put right, all are in stage, each once.
 */
class YearOfChangesTest {
  private static final Path PYTHON = Path.of("oracle/.venv/bin/python");
  private static final String STAGE = "lake.water_stage.meter_readings";
  private static final String PRIVACY =
      "customProperties: [{ property: privacy, value: { method: keep } }] }";

  @TempDir private Path folder;

  @Test
  void nothingIsLostInAYearOfChanges() throws Exception {
    ChangingContract contract = new ChangingContract(folder.resolve("contracts"));
    LakehouseByHand lakehouse = new LakehouseByHand(folder, contract.folder());
    List<String> published = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    lakehouse.lint();

    // winter: a new producer is early, and an old one measures more than the contract can hold
    send(lakehouse, published, "1", MeterReading.some(1, 0, 20));
    send(lakehouse, waiting, "UNKNOWN_VERSION", MeterReading.some(2, 100, 6));
    send(lakehouse, waiting, "OUT_OF_RANGE", MeterReading.large(1, 200, 4));
    lakehouse.run(ChangingContract.ID);

    // spring: added columns, a nested part, a product
    addSpring(contract);
    assertThat(lakehouse.exit(new Contracts(), "plan")).isZero();
    assertThat(lakehouse.exit(new Contracts(), "apply", ChangingContract.ID)).isZero();
    send(lakehouse, published, "1", MeterReading.some(1, 20, 20));
    send(lakehouse, waiting, "UNKNOWN_VERSION", MeterReading.some(2, 110, 3));
    lakehouse.run(ChangingContract.ID);

    // summer: wider types; then somebody tries to rename without saying so
    widenInSummer(contract);
    assertThat(lakehouse.exit(new Contracts(), "apply")).isZero();
    send(lakehouse, published, "1", MeterReading.large(1, 40, 10));
    lakehouse.run(ChangingContract.ID);
    String good = contract.text();
    contract
        .replace("version: 1.2.0", "version: 1.3.0")
        .replace("{ name: note,", "{ name: remark,")
        .replace(
            "logicalType: number, physicalType: double",
            "logicalType: string, physicalType: string");
    assertThat(lakehouse.exit(new Contracts(), "plan")).isEqualTo(78);
    assertThat(lakehouse.exit(new Contracts(), "apply")).isEqualTo(78);
    assertThat(lakehouse.said(new Contracts(), "plan", "--json"))
        .contains("column note stands in the table and not in the contract")
        .contains("pressure would change from double to string");
    contract.restore(good);

    // autumn: a new major version renames, removes and retypes, and knows both producers
    changeMajorInAutumn(contract);
    lakehouse.lint();
    assertThat(lakehouse.exit(new Contracts(), "apply", "--json")).isZero();
    assertThat(lakehouse.exit(new Contracts(), "plan", "--json")).isZero();
    send(lakehouse, published, "1", MeterReading.some(1, 50, 10));
    send(lakehouse, published, "2", MeterReading.some(2, 60, 10));
    send(lakehouse, waiting, "UNKNOWN_VERSION", MeterReading.some(3, 120, 2));
    lakehouse.run(ChangingContract.ID);

    assertThat(lakehouse.spark("SELECT reading FROM " + STAGE))
        .containsExactlyInAnyOrderElementsOf(ids(published));
    assertThat(
            lakehouse.spark(
                "SELECT reason, cast(get_json_object(cast(r.value AS string), '$.reading') AS"
                    + " bigint) FROM lake.water_quarantine.meter_readings q JOIN"
                    + " lake.water_raw.meter_readings r ON q.lane = r.lane AND q.sequence ="
                    + " r.sequence WHERE fate = 'quarantined' AND payload IS NOT NULL"))
        .containsExactlyInAnyOrderElementsOf(waiting);
    assertOldAndNewValuesStand(lakehouse);
    assertTheOracleFindsNothing(lakehouse, contract);

    // winter again: the contract knows the newest producer, so nothing has to wait any more
    knowThirdProducer(contract);
    lakehouse.lint();
    assertThat(lakehouse.exit(new Contracts(), "apply")).isZero();
    assertThat(lakehouse.exit(new Quarantine(), "replay", ChangingContract.ID)).isZero();
    assertThat(lakehouse.exit(new Contracts(), "sidefill", ChangingContract.ID)).isZero();
    lakehouse.run(ChangingContract.ID);

    assertThat(lakehouse.spark("SELECT reading FROM " + STAGE))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(ids(published).stream(), ids(waiting).stream()).toList());
    assertEarlyValuesAreInTheirColumns(lakehouse);
    assertThat(lakehouse.said(new Contracts(), "sidefill", ChangingContract.ID, "--dry-run"))
        .contains("NothingToDo");
    assertTheOracleFindsNothing(lakehouse, contract);
  }

  private static void knowThirdProducer(ChangingContract contract) {
    contract
        .replace("version: 2.0.0", "version: 2.1.0")
        .replace("versions: [\"1\", \"2\"],", "versions: [\"1\", \"2\", \"3\"],")
        .replace("{ versions: [\"2\"] }", "{ versions: [\"2\", \"3\"] }");
  }

  /** What was sent before its column was declared; what stepped aside is there as before. */
  private static void assertEarlyValuesAreInTheirColumns(LakehouseByHand lakehouse) {
    assertThat(
            lakehouse.spark(
                "SELECT concat_ws('|', reading, consumed, pressure, tariff, place.shelf,"
                    + " cost, cost_cents, `_cost_until_2`, `_note_until_2`, _contract_version) FROM "
                    + STAGE
                    + " WHERE reading IN (1, 21, 41, 51, 61, 101, 121, 201)"))
        .containsExactlyInAnyOrder(
            "1|11|2.5|day|1|100|100|seen by no one|2.1.0",
            "21|31|22.5|day|0|2100|2100|seen by no one|2.1.0",
            "41|5000000041|42.5|day|2|4100|4100|seen by no one|2.1.0",
            "51|61|52.5|day|0|5100|2.1.0",
            "61|71|62.5|day|1|61.00|2.1.0",
            "101|111|102.5|day|2|101.00|2.1.0",
            "121|131|122.5|day|1|121.00|2.1.0",
            "201|5000000201|202.5|day|0|20100|2.1.0");
  }

  private static void send(
      LakehouseByHand lakehouse, List<String> into, String what, List<MeterReading> readings)
      throws Exception {
    lakehouse.produce(ChangingContract.ID, readings.stream().map(MeterReading::json).toList());
    readings.forEach(reading -> into.add(what + "|" + reading.reading()));
  }

  private static List<String> ids(List<String> sent) {
    return sent.stream().map(each -> each.substring(each.indexOf('|') + 1)).toList();
  }

  private static void addSpring(ChangingContract contract) {
    contract
        .replace("version: 1.0.0", "version: 1.1.0")
        .below(
            "name: cost,",
            "      - { name: tariff, logicalType: string, physicalType: string, classification: open, "
                + PRIVACY)
        .below(
            "name: cellar,",
            "          - { name: shelf, logicalType: integer, physicalType: int, classification:"
                + " open }");
    contract.write(
        "sql/readings_by_tariff_day.sql",
        """
        SELECT coalesce(tariff, 'none') AS tariff, cast(read_at AS date) AS day, count(*) AS readings
        FROM meter_readings
        GROUP BY coalesce(tariff, 'none'), cast(read_at AS date)
        """);
    contract.restore(
        contract.text()
            + """

              - name: readings_by_tariff_day
                physicalName: ${TENANT}_refined.readings_by_tariff_day
                tags: ["zone:refined"]
                customProperties:
                  - property: product
                    value:
                      sql: sql/readings_by_tariff_day.sql
                      inputs: [{ table: meter_readings, affects: cast(read_at AS date) }]
                      partition: day
                properties:
                  - { name: tariff, logicalType: string, physicalType: string, required: true, classification: open, transformSourceObjects: [meter_readings.tariff] }
                  - { name: day, logicalType: date, physicalType: date, required: true, classification: quasi, transformSourceObjects: [meter_readings.read_at] }
                  - { name: readings, logicalType: integer, physicalType: long, required: true, classification: open, transformLogic: count(*) }
            """
                .indent(0));
  }

  private static void widenInSummer(ChangingContract contract) {
    contract
        .replace("version: 1.1.0", "version: 1.2.0")
        .replace(
            "name: used, logicalType: integer, physicalType: int,",
            "name: used, logicalType: integer, physicalType: long,")
        .replace("physicalType: float", "physicalType: double");
  }

  private static void changeMajorInAutumn(ChangingContract contract) {
    String cost = "      - { name: cost, logicalType: number, physicalType: \"decimal(12,2)\",";
    contract
        .replace("version: 1.2.0", "version: 2.0.0")
        .replace("versions: [\"1\"],", "versions: [\"1\", \"2\"],")
        .below(
            "property: producers",
            "  - { property: migration, value: { from: 1, tables: [{ table: meter_readings, renamed:"
                + " [{ from: used, to: consumed }], removed: [note], retyped: [cost] }] } }")
        .without("{ name: note,")
        .without("{ name: cost,")
        .replace(
            "{ name: used, logicalType: integer, physicalType: long, required: true,"
                + " classification: open, customProperties: [{",
            "{ name: consumed, logicalType: integer, physicalType: long, required: true,"
                + " classification: open, customProperties: [{ property: source, value: { field:"
                + " consumed, aliases: [used] } }, {")
        .below(
            "physicalType: string, classification: open",
            cost
                + " classification: open, customProperties: [{ property: source, value: { versions:"
                + " [\"2\"] } }, { property: privacy, value: { method: keep } }] }")
        .below(
            "physicalType: string, classification: open",
            "      - { name: cost_cents, logicalType: integer, physicalType: long, classification:"
                + " open, customProperties: [{ property: source, value: { field: cost, versions:"
                + " [\"1\"] } }, { property: privacy, value: { method: keep } }] }")
        .replace("[meter_readings.used]", "[meter_readings.consumed]")
        .replaceIn("sql/used_by_meter_day.sql", "sum(used)", "sum(consumed)");
  }

  private static void assertOldAndNewValuesStand(LakehouseByHand lakehouse) {
    assertThat(
            lakehouse.spark(
                "SELECT concat_ws('|', reading, consumed, pressure, tariff, place.shelf,"
                    + " cost, cost_cents, `_cost_until_2`, `_note_until_2`, _contract_version) FROM "
                    + STAGE
                    + " WHERE reading IN (1, 21, 41, 51, 61)"))
        .containsExactlyInAnyOrder(
            "1|11|2.5|100|seen by no one|1.0.0",
            "21|31|22.5|day|0|2100|seen by no one|1.1.0",
            "41|5000000041|42.5|day|2|4100|seen by no one|1.2.0",
            "51|61|52.5|day|0|5100|2.0.0",
            "61|71|62.5|day|1|61.00|2.0.0");
  }

  /** PyIceberg and DuckDB judge raw against Kafka, fates against raw, products against stage. */
  private static void assertTheOracleFindsNothing(
      LakehouseByHand lakehouse, ChangingContract contract) throws Exception {
    if (!Files.isExecutable(PYTHON)) {
      System.out.println("The oracle's environment is not installed; skipped (./sluice test)");
      return;
    }
    Process oracle =
        new ProcessBuilder(
                PYTHON.toAbsolutePath().toString(),
                "-m",
                "sluice_oracle",
                lakehouse.folder().toString(),
                contract.folder().toString(),
                ChangingContract.ID)
            .directory(Path.of("oracle").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(oracle.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(oracle.waitFor()).as(said).isZero();
  }
}
