package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.export.fixture.AProduct;
import dev.sluice.refined.export.fixture.Exporting;
import dev.sluice.refined.export.fixture.RefinedTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Two exporters start at once where BigQuery has neither data sets nor tables. */
class FirstExportsRaceTest {
  private static final String PAIR =
      """
      SELECT * FROM VALUES
        (DATE'2026-01-01', 'north', 'tok_a', 1), (DATE'2026-01-01', 'north', 'tok_b', 2)
      """;

  @TempDir Path scratch;

  @RepeatedTest(3)
  void oneIsDoneAndTheOtherFindsNothingLeftToDo() throws Exception {
    Exporting export = Exporting.of(RefinedTable.of(AProduct.sightings()), scratch);
    export.table().publish(PAIR, "2026-01-01");
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
    assertThat(export.ledger("export_no, row_cnt")).containsExactly("1|2");
    assertThat(
            export.query("SELECT count(*) FROM " + export.table().tenant() + "_ops._export_head"))
        .containsExactly("1");
  }
}
