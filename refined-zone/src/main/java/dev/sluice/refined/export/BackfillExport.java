package dev.sluice.refined.export;

import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.refined.PartitionsOfRange;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Sends the partitions of a product to which the events of a stretch of time contribute once more:
 * all, or those that BigQuery lacks. What changed leaves with them, as with every export, and is
 * all that {@link Mode#CHANGED} asks for. Gate, budget, ledger and swap are the export's.
 */
public final class BackfillExport {
  private final ExportRefinedToBigQuery export;
  private final PartitionsOfRange partitions;
  private final BackfillRange range;

  public BackfillExport(
      ExportRefinedToBigQuery export, PartitionsOfRange partitions, BackfillRange range) {
    this.export = export;
    this.partitions = partitions;
    this.range = range;
  }

  /** Does the work; outcomes are the export's. */
  public JobOutcome run() {
    return again().run();
  }

  /** What {@link #run()} would do now; nothing leaves. */
  public JobPlan plan() {
    return again().plan();
  }

  private ExportRefinedToBigQuery again() {
    if (range.mode() == Mode.CHANGED) {
      return export;
    }
    Optional<SortedSet<String>> wanted =
        partitions.of(range).map(SortedMap::keySet).map(TreeSet::new);
    return export.sending(new SendAgain(wanted, range.mode() == Mode.FILL_GAPS));
  }
}
