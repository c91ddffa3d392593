package dev.sluice.refined;

import static org.apache.spark.sql.functions.lit;

import dev.sluice.catalog.contract.Product;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.RowsAsOf;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Refines a product as ever, and tells what that changed in the partitions it recomputed. */
record TakeNews(Lake lake, Product product, String table, PromoteStageToRefined refinement) {

  /**
   * How the refinement ended.
   *
   * @param change nothing where it published nothing
   */
  record Taken(JobOutcome outcome, RefinedChange change) {
    boolean isGood() {
      return outcome instanceof JobOutcome.Done || outcome instanceof JobOutcome.NothingToDo;
    }

    boolean isBlocked() {
      return outcome instanceof JobOutcome.Blocked;
    }

    long published() {
      return figures().map(StepFigures::published).orElse(0L);
    }

    long partitions() {
      return figures().map(figures -> figures.notes().get("partitions")).orElse(0L);
    }

    List<RuleResult> rules() {
      return figures().map(StepFigures::rules).orElse(List.of());
    }

    private Optional<StepFigures> figures() {
      return outcome instanceof JobOutcome.Done done
          ? Optional.of(done.figures())
          : Optional.empty();
    }
  }

  Taken run() {
    Optional<Table> before = lake.exists(table) ? Optional.of(lake.table(table)) : Optional.empty();
    JobOutcome outcome = refinement.run();
    return new Taken(
        outcome,
        outcome instanceof JobOutcome.Done && before.isPresent()
            ? since(before.get())
            : RefinedChange.NONE);
  }

  private RefinedChange since(Table before) {
    Touched touched = Heads.touchedSince(lake.table(table), Heads.of(before).edition());
    Column recomputed =
        touched.all() ? lit(true) : PartitionValues.of(product).isOneOf(touched.partitions());
    return new CompareRows(product)
        .of(rows(before).where(recomputed), lake.read(table).where(recomputed));
  }

  private Dataset<Row> rows(Table then) {
    Snapshot snapshot = then.currentSnapshot();
    return snapshot == null
        ? lake.read(table).where(lit(false))
        : new RowsAsOf(lake, table).snapshot(snapshot.snapshotId());
  }
}
