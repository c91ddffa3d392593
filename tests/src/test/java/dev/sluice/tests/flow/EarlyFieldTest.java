package dev.sluice.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.cli.Contracts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A field was sent before anybody declared it; a sidefill brings it into its column. */
class EarlyFieldTest {
  private static final String TARIFF =
      "      - { name: tariff, logicalType: string, physicalType: string, classification: open,"
          + " customProperties: [{ property: privacy, value: { method: keep } }] }";

  @TempDir private Path folder;

  @Test
  void onlyOldRowsAreMadeAgainAndOnlyTheirProductPartitionsFollow() throws Exception {
    ChangingContract contract = new ChangingContract(folder.resolve("contracts"));
    contract.replace("value: [water]", "value: [well]"); // tables and versions of its own
    contract.replace("version: 1.0.0", "version: 11.0.0");
    LakehouseByHand lakehouse = new LakehouseByHand(folder, contract.folder());
    send(lakehouse, MeterReading.some(1, 1, 2));
    lakehouse.run(ChangingContract.ID);
    contract.replace("version: 11.0.0", "version: 11.1.0").below("name: cost,", TARIFF);
    lakehouse.exit(new Contracts(), "apply", ChangingContract.ID);
    send(lakehouse, MeterReading.some(1, 3, 2));
    lakehouse.run(ChangingContract.ID);
    String placed =
        "SELECT reading, _lane, _sequence, _raw_edition, meter, read_at, used, cost FROM"
            + " lake.well_stage.meter_readings";
    List<String> before = lakehouse.spark(placed);

    assertThat(lakehouse.exit(new Contracts(), "sidefill", ChangingContract.ID)).isZero();
    lakehouse.run(ChangingContract.ID);

    assertThat(lakehouse.spark("SELECT reading, tariff FROM lake.well_stage.meter_readings"))
        .containsExactly("1|day", "2|night", "3|day", "4|night");
    assertThat(lakehouse.spark(placed)).isEqualTo(before);
    assertThat(
            lakehouse.spark(
                "SELECT day, readings, _edition FROM lake.well_refined.used_by_meter_day"))
        .containsExactly("2026-02-10|1|3", "2026-03-10|1|3", "2026-04-10|1|2", "2026-05-10|1|2");
    assertThat(lakehouse.said(new Contracts(), "sidefill", ChangingContract.ID))
        .contains("NothingToDo");
  }

  private static void send(LakehouseByHand lakehouse, List<MeterReading> readings)
      throws Exception {
    lakehouse.produce(ChangingContract.ID, readings.stream().map(MeterReading::json).toList());
  }
}
