package dev.sluice.refined.export;

import com.google.cloud.bigquery.TableId;
import dev.sluice.catalog.run.JobOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The part of an export that others can see: load into staging, verify, swap, verify. A run that
 * dies anywhere in it is completed by the next one, and the rows arrive once.
 */
final class SendExport {
  private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private final BigQuerySession bigQuery;
  private final ExportTable table;
  private final LoadStaging loading;
  private final AllowedColumns columns;
  private final ExportObserver observer;

  SendExport(
      BigQuerySession bigQuery,
      ExportTable table,
      LoadStaging loading,
      AllowedColumns columns,
      ExportObserver observer) {
    this.bigQuery = bigQuery;
    this.table = table;
    this.loading = loading;
    this.columns = columns;
    this.observer = observer;
  }

  /**
   * Empty when this run committed the export; else the outcome that it has instead.
   *
   * @param file the rows; empty when none leaves
   */
  Optional<JobOutcome> send(
      Optional<StagedFile> file, ReplacedPartitions replaced, LedgerEntry entry) {
    SwapPartitions swap = new SwapPartitions(bigQuery, table);
    Optional<? extends RuntimeException> failure;
    try {
      Optional<TableId> staging = file.map(rows -> loaded(rows, entry));
      observer.beforeSwap(table.name());
      failure = swap.swap(entry.plan(), replaced, staging, columns, entry);
    } catch (BigQueryFailed | StagingVanished e) {
      failure = Optional.of(e);
    }
    if (failure.isPresent()) {
      if (movesOn(swap, entry.plan())) {
        return Optional.of(movedOn());
      }
      throw failure.get();
    }
    observer.afterSwap(table.name());
    String winner = committedBy(entry);
    if (!winner.equals(entry.run().id())) {
      return Optional.of(
          new JobOutcome.NothingToDo(
              "run " + winner + " exported the same partitions of " + table.name() + " meanwhile"));
    }
    verifyTarget(entry, replaced.all(), swap);
    dropStaging();
    return Optional.empty();
  }

  /**
   * Whether another export is committed, now or soon: two that send the same partitions use the
   * same staging table, and the one that is refused there fails before the other commits.
   */
  private static boolean movesOn(SwapPartitions swap, ExportPlan plan) {
    long end = System.nanoTime() + COMMITTED_WITHIN.toNanos();
    while (swap.stillAtBase(plan)) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return true;
  }

  private TableId loaded(StagedFile file, LedgerEntry entry) {
    TableId staging = table.staging(entry.hash(), file.sha256());
    observer.beforeLoad(table.name());
    loading.load(file, staging, columns, entry.jobId("load"));
    observer.afterLoad(table.name());
    Checksum found =
        Checksum.of(bigQuery, staging, PartitionFilter.everything(), columns.columns());
    if (!found.equals(file.checksum())) {
      throw new ExportWentWrong(differs(staging.getTable(), file.checksum(), found));
    }
    return staging;
  }

  private void verifyTarget(LedgerEntry entry, PartitionFilter replaced, SwapPartitions swap) {
    Checksum found = Checksum.of(bigQuery, table.target(), replaced, columns.columns());
    if (!found.equals(entry.checksum()) && swap.committed(entry.plan())) {
      throw new ExportWentWrong(
          differs(table.name(), entry.checksum(), found)
              + " The export is committed; restore the table from before it by time travel");
    }
  }

  private static String differs(String name, Checksum expected, Checksum found) {
    return "BigQuery's table "
        + name
        + " does not hold the rows that were encoded: expected "
        + expected.rows()
        + " rows ("
        + expected.text()
        + "), found "
        + found.rows()
        + " ("
        + found.text()
        + "). It is kept for a look.";
  }

  private JobOutcome movedOn() {
    return new JobOutcome.Busy(
        "another export of "
            + table.name()
            + " was committed meanwhile; run again for what is left");
  }

  private String committedBy(LedgerEntry entry) {
    return new ReadExportedHead(bigQuery, table.project())
        .committedBy(table, entry.plan().base().exportNo() + 1)
        .orElseThrow(
            () ->
                new ExportWentWrong(
                    "The export of " + table.name() + " is committed without a ledger row"));
  }

  /** All of this product's: with the head moved, no export can use what was staged before. */
  private void dropStaging() {
    try {
      bigQuery
          .rows(
              "list staging tables",
              "SELECT table_name FROM " + table.tablesOfOperations(),
              Map.of())
          .stream()
          .map(row -> row.get(0).getStringValue())
          .filter(table::isStaging)
          .forEach(this::drop);
    } catch (BigQueryFailed e) {
      // they expire by themselves; the export stands
    }
  }

  private void drop(String staging) {
    bigQuery.ask(
        "drop a staging table",
        () ->
            bigQuery
                .client()
                .delete(TableId.of(table.project(), table.operations().getDataset(), staging)));
  }
}
