package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.TableId;
import dev.sluice.catalog.contract.ExportPolicy;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.BreakingConnection;
import dev.sluice.refined.export.fixture.BreakingConnection.Lost;
import dev.sluice.refined.export.fixture.BudgetInMemory;
import dev.sluice.refined.export.fixture.Emulator;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadStagingTest {
  private static final LocalDate DAY = LocalDate.parse("2026-01-01");

  @TempDir Path scratch;
  private final RefinedTable refined = RefinedTable.of(AProduct.sightings());
  private final BigQuerySession bigQuery = BigQuerySession.to(Emulator.target());
  private final ExportTable table =
      new ExportTable(Emulator.target().project(), refined.tenant(), refined.product().name());
  private final ExportPolicy policy = refined.product().export().orElseThrow();
  private final AllowedColumns columns =
      AllowedColumns.of(refined.product(), policy, refined.lake().table(refined.name()).schema());
  private final TableId staging = table.staging("0".repeat(64), "1".repeat(64));
  private final BudgetInMemory budget = new BudgetInMemory();

  @BeforeEach
  void tablesAreThere() {
    new MakeExportTables(bigQuery, table).make(columns, ExportedHead.NONE);
  }

  @Test
  void failedIdIsLeftBehindAndTheNextAttemptLoads() throws IOException {
    StagedFile good = file();
    Path garbage = Files.write(scratch.resolve("garbage"), new byte[300]);
    StagedFile bad = new StagedFile(garbage, 300, "", good.checksum());
    String id = "exp_test_" + refined.tenant();

    assertThatThrownBy(() -> loading(1_000_000).load(bad, staging, columns, id))
        .isInstanceOf(BigQueryFailed.class);
    loading(1_000_000).load(good, staging, columns, id);

    assertThat(inStaging()).isEqualTo(good.checksum());
    AwaitJob await = new AwaitJob(bigQuery);
    assertThat(await.find(id + "_a2")).isPresent();
    assertThat(await.find(id + "_a3")).isEmpty();
    assertThat(budget.sent()).isEqualTo(300 + good.bytes());
  }

  @Test
  void finishedLoadIsNotSentAgain() {
    StagedFile file = file();
    String id = "exp_test_" + refined.tenant();

    loading(1_000_000).load(file, staging, columns, id);
    loading(1_000_000).load(file, staging, columns, id);

    assertThat(inStaging()).isEqualTo(file.checksum());
    assertThat(budget.grants()).isEqualTo(1);
    assertThat(bigQuery.uploaded()).isEqualTo(file.bytes());
  }

  @ParameterizedTest
  @CsvSource({"REQUEST, 1, 2", "REQUEST, 2, 3", "ANSWER, 1, 1"})
  void uploadWhoseConnectionBreaksLoadsOnce(Lost lost, int times, int grants) throws IOException {
    StagedFile file = file();
    String id = "exp_test_" + refined.tenant();
    URI emulator = Emulator.target().endpoint().orElseThrow();

    try (var gate = BreakingConnection.before(emulator, "PUT /upload", lost, times)) {
      BigQuerySession through =
          BigQuerySession.to(BigQueryTarget.emulator(table.project(), gate.address()));
      new LoadStaging(through, table, budget, DAY, 1_000_000).load(file, staging, columns, id);
      assertThat(gate.left()).isZero();
    }

    assertThat(inStaging()).isEqualTo(file.checksum());
    assertThat(budget.grants()).isEqualTo(grants);
    assertThat(new AwaitJob(bigQuery).find(id + "_a2")).isEmpty();
  }

  @Test
  void connectionThatBreaksEachTimeIsToldAfterThreeSendings() throws IOException {
    StagedFile file = file();
    String id = "exp_test_" + refined.tenant();
    URI emulator = Emulator.target().endpoint().orElseThrow();

    try (var gate = BreakingConnection.before(emulator, "PUT /upload", Lost.REQUEST, 1_000)) {
      BigQuerySession through =
          BigQuerySession.to(BigQueryTarget.emulator(table.project(), gate.address()));
      assertThatThrownBy(
              () ->
                  new LoadStaging(through, table, budget, DAY, 1_000_000)
                      .load(file, staging, columns, id))
          .isInstanceOf(BigQueryUnavailable.class);
    }

    assertThat(budget.grants()).isEqualTo(3);
  }

  @Test
  void loadWhoseTableIsGoneIsSentAgain() {
    StagedFile file = file();
    String id = "exp_test_" + refined.tenant();
    loading(1_000_000).load(file, staging, columns, id);
    bigQuery.client().delete(staging);

    loading(1_000_000).load(file, staging, columns, id);

    assertThat(inStaging()).isEqualTo(file.checksum());
  }

  @Test
  void withoutRoomInTheBudgetNoByteLeavesAndNoJobExists() {
    StagedFile file = file();
    String id = "exp_test_" + refined.tenant();

    assertThatThrownBy(() -> loading(file.bytes() - 1).load(file, staging, columns, id))
        .isInstanceOf(ExportRefused.class)
        .hasMessageContaining(file.bytes() + " bytes")
        .hasMessageContaining("nothing was sent");

    assertThat(bigQuery.uploaded()).isZero();
    assertThat(new AwaitJob(bigQuery).find(id + "_a1")).isEmpty();
    assertThat(new ReadExportedHead(bigQuery, table.project()).exists(staging)).isFalse();
  }

  private Checksum inStaging() {
    return Checksum.of(bigQuery, staging, PartitionFilter.everything(), columns.columns());
  }

  private LoadStaging loading(long limit) {
    return new LoadStaging(bigQuery, table, budget, DAY, limit);
  }

  private StagedFile file() {
    return new EncodeParquet(columns, scratch.resolve("to send"))
        .write(
            refined
                .lake()
                .spark()
                .sql("SELECT DATE'2026-01-01' AS day, 'north' AS place, 3L AS seen, 'x' AS more"));
  }
}
