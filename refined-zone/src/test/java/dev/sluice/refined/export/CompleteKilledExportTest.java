package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.CrashingObserver;
import dev.sluice.refined.export.fixture.CrashingObserver.Crash;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompleteKilledExportTest {
  private static final String DAY =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 1),
        (DATE'2026-01-01', 'north', 'tok_b', 2)
      """;
  private static final String LATER =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 7),
        (DATE'2026-01-01', 'north', 'tok_b', 8)
      """;

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(strings = {"beforeLoad", "afterLoad", "beforeSwap", "afterSwap"})
  void rerunAfterCrashLeavesOneLoad(String moment) throws Exception {
    Exporting export = Exporting.of(RefinedTable.of(AProduct.sightings()), scratch);
    export.table().publish(DAY, "2026-01-01");
    CrashingObserver.crashOnceAt(moment, export.table().name());

    assertThatThrownBy(export::run).isInstanceOf(Crash.class);
    JobOutcome rerun = export.run();
    JobOutcome third = export.run();

    assertThat(export.rows("*")).containsExactly("2026-01-01|north|1", "2026-01-01|north|2");
    assertThat(export.ledger("export_no, row_cnt")).containsExactly("1|2");
    assertThat(rerun)
        .isInstanceOf(
            moment.equals("afterSwap") ? JobOutcome.NothingToDo.class : JobOutcome.Done.class);
    assertThat(third).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(export.budget().grants()).as("files sent").isEqualTo(1);
    try (var left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void newsAfterCrashGoesOutWithTheRerun() {
    Exporting export = Exporting.of(RefinedTable.of(AProduct.sightings()), scratch);
    export.table().publish(DAY, "2026-01-01");
    CrashingObserver.crashOnceAt("beforeSwap", export.table().name());
    assertThatThrownBy(export::run).isInstanceOf(Crash.class);

    export.table().publish(LATER, "2026-01-01");
    export.run();

    assertThat(export.rows("*")).containsExactly("2026-01-01|north|7", "2026-01-01|north|8");
    assertThat(export.staging()).isEmpty();
  }

  @Test
  void slowExportOfAnOlderStateIsRefused() {
    Exporting export = Exporting.of(RefinedTable.of(AProduct.sightings()), scratch);
    export.table().publish(DAY, "2026-01-01");
    CrashingObserver.doOnceAt(
        "beforeSwap",
        export.table().name(),
        () -> {
          export.table().publish(LATER, "2026-01-01");
          assertThat(export.run()).isInstanceOf(JobOutcome.Done.class);
        });

    JobOutcome slow = export.run();

    assertThat(slow).isInstanceOf(JobOutcome.Busy.class);
    assertThat(export.rows("*")).containsExactly("2026-01-01|north|7", "2026-01-01|north|8");
    assertThat(export.ledger("export_no")).containsExactly("1");
  }

  @Test
  void ofTwoExportersAtOnceOneWins() throws Exception {
    Exporting export = Exporting.of(RefinedTable.of(AProduct.sightings()), scratch);
    export.table().publish(LATER, "2026-01-01");
    export.run();
    export.table().publish(DAY, "2026-01-01");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier start = new CyclicBarrier(2);
    Callable<JobOutcome> exporter =
        () -> {
          start.await();
          return export.run();
        };

    List<Future<JobOutcome>> both = List.of(threads.submit(exporter), threads.submit(exporter));
    List<JobOutcome> outcomes = List.of(both.get(0).get(), both.get(1).get());
    threads.shutdown();

    assertThat(outcomes).filteredOn(JobOutcome.Done.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .as("outcomes %s", outcomes)
        .filteredOn(o -> o instanceof JobOutcome.Busy || o instanceof JobOutcome.NothingToDo)
        .hasSize(1);
    assertThat(export.rows("*")).containsExactly("2026-01-01|north|1", "2026-01-01|north|2");
    assertThat(export.ledger("export_no")).containsExactly("1", "2");
  }
}
