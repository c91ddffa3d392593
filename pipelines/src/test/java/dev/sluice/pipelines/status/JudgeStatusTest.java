package dev.sluice.pipelines.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.contract.read.ContractFolder;
import dev.sluice.pipelines.registry.RunHistory.BlockedRow;
import dev.sluice.pipelines.runner.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeStatusTest {
  private static final DataContract FLIGHTS =
      ContractFolder.read(Path.of("../catalog/contracts")).stream()
          .filter(contract -> contract.id().equals("flights"))
          .findFirst()
          .orElseThrow();
  private static final Late LATE =
      new Late(
          new LaneLag("stage", "airports_stage.flights", "airports_raw.flights", 3, 5),
          Duration.ofHours(3),
          Duration.ofHours(2));

  @Test
  void aDataSetThatIsFreshAndFreeIsDone() {
    JudgeStatus judge = judge(List.of(), List.of());

    assertThat(judge.findings()).isEmpty();
    assertThat(judge.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void latenessMayPassSoItIsTryAgainLater() {
    JudgeStatus judge = judge(List.of(), List.of(LATE));

    assertThat(judge.exitCode()).isEqualTo(ExitCode.BUSY);
    assertThat(judge.findings())
        .containsExactly(
            "airports_stage.flights has not taken 2 of airports_raw.flights, waiting for 3 h or"
                + " longer; the contract allows 2 h");
  }

  @Test
  void aBlockNeedsAPersonAndComesFirst() {
    JudgeStatus judge = judge(List.of(blocked("flights", "airports")), List.of(LATE));

    assertThat(judge.exitCode()).isEqualTo(ExitCode.BLOCKED);
    assertThat(judge.findings()).hasSize(2);
  }

  @Test
  void aBlockedProductIsOneOfItsDataSet() {
    assertThat(judge(List.of(blocked("delay_by_origin_carrier_month", "airports")), List.of()))
        .extracting(JudgeStatus::exitCode)
        .isEqualTo(ExitCode.BLOCKED);
  }

  @Test
  void blocksOfOtherDataSetsAndTenantsAreNotItsConcern() {
    List<BlockedRow> others = List.of(blocked("cargo", "airports"), blocked("flights", "harbour"));

    assertThat(judge(others, List.of()).exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void missingRowsNeedAPersonAndOldOnesMayCome() {
    Broken few = new Broken(true, "few rows");
    Broken old = new Broken(false, "old rows");

    assertThat(judge(List.of(old)).exitCode()).isEqualTo(ExitCode.BUSY);
    assertThat(judge(List.of(old, few)).exitCode()).isEqualTo(ExitCode.BLOCKED);
    assertThat(judge(List.of(old, few)).findings()).containsExactly("old rows", "few rows");
  }

  private static JudgeStatus judge(List<Broken> broken) {
    return new JudgeStatus(
        List.of(FLIGHTS), Set.of(new TenantId("airports")), List.of(), List.of(), broken);
  }

  private static JudgeStatus judge(List<BlockedRow> blocked, List<Late> late) {
    return new JudgeStatus(
        List.of(FLIGHTS), Set.of(new TenantId("airports")), blocked, late, List.of());
  }

  private static BlockedRow blocked(String dataSet, String tenant) {
    return new BlockedRow(
        "promote", dataSet, tenant, "r1", "2026-11-20T00:00:00Z", "few", List.of());
  }
}
