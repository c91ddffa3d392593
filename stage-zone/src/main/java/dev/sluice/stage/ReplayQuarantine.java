package dev.sluice.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Promotes quarantined rows that pass under the contract of today, each once and with its original
 * place; what fails again stays, with both reasons (ADR 0009). Rows are taken in the order of raw,
 * in pieces that are published one by one, so a killed replay is gone on with by the next.
 */
public final class ReplayQuarantine {
  /** Places of a piece go to every task. */
  public static final int ROWS_PER_PIECE = 100_000;

  private static final int TRIES = 3;

  private final Promoting promoting;
  private final WrappedKeyset keyset;
  private final Optional<String> reason;
  private final int rowsPerPiece;

  /**
   * @param reason only rows whose newest verdict has this code
   */
  public ReplayQuarantine(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      WrappedKeyset keyset,
      RunContext run,
      Optional<String> reason) {
    this(lake, contract, tenant, keyset, run, reason, ROWS_PER_PIECE);
  }

  ReplayQuarantine(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      WrappedKeyset keyset,
      RunContext run,
      Optional<String> reason,
      int rowsPerPiece) {
    this.promoting = new Promoting(lake, contract, tenant, run);
    this.keyset = keyset;
    this.reason = reason;
    this.rowsPerPiece = rowsPerPiece;
  }

  /** Replays all that wait, or until a piece cannot be published. */
  public JobOutcome run() {
    Optional<JobOutcome> unfit = new PrepareTables(promoting, keyset).unfit();
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Optional<StepFigures> sum = Optional.empty();
    Optional<Row> last = Optional.empty();
    while (true) {
      Replayed replayed = next(last);
      if (replayed.outcome() instanceof JobOutcome.NothingToDo) {
        return sum.<JobOutcome>map(JobOutcome.Done::new).orElse(replayed.outcome());
      }
      if (!(replayed.outcome() instanceof JobOutcome.Done done)) {
        return replayed.outcome();
      }
      sum =
          Optional.of(sum.map(s -> PromotionFigures.sum(s, done.figures())).orElse(done.figures()));
      last = replayed.last();
    }
  }

  /** How many rows wait and how many of them would pass; decodes them and writes nothing. */
  public JobPlan plan() {
    if (!promoting.lake().exists(promoting.quarantine())) {
      return new JobPlan(List.of(promoting.quarantine() + " is not there yet"), true);
    }
    long waiting = 0;
    SortedMap<String, Long> failing = new TreeMap<>();
    List<Row> piece = pieceAfter(Optional.empty());
    while (!piece.isEmpty()) {
      waiting += piece.size();
      new ReplayPiece(promoting, keyset, piece)
          .reasonsToday()
          .forEach((why, rows) -> failing.merge(why, rows, Long::sum));
      piece = pieceAfter(last(piece));
    }
    long stays = failing.values().stream().mapToLong(Long::longValue).sum();
    List<String> lines = new ArrayList<>();
    lines.add(waiting + " rows wait in " + promoting.quarantine());
    lines.add((waiting - stays) + " of them would pass, unless they repeat an event");
    failing.forEach((why, rows) -> lines.add(rows + " would stay: " + why));
    return new JobPlan(lines, waiting == 0);
  }

  /** What became of a piece, and its last row. */
  private record Replayed(JobOutcome outcome, Optional<Row> last) {}

  private Replayed next(Optional<Row> after) {
    Refused moved = null;
    for (int tries = 0; tries < TRIES; tries++) {
      Head stage = promoting.lake().head(promoting.stage()); // before the rows that wait are read
      Head quarantine = promoting.lake().head(promoting.quarantine());
      Optional<JobOutcome> underWay = PromotionUnderWay.in(promoting, stage, quarantine, "replay");
      if (underWay.isPresent()) {
        return new Replayed(underWay.get(), after);
      }
      List<Row> piece = pieceAfter(after);
      if (piece.isEmpty()) {
        return new Replayed(
            new JobOutcome.NothingToDo("no row of " + promoting.quarantine() + " waits"), after);
      }
      try {
        return new Replayed(
            new ReplayPiece(promoting, keyset, piece).replay(stage, quarantine), last(piece));
      } catch (Refused refused) {
        if (!MovedMeanwhile.tells(refused)) {
          return new Replayed(
              new JobOutcome.Failed(FailureKind.SETUP, String.valueOf(refused.getMessage())),
              after);
        }
        moved = refused;
      }
    }
    return new Replayed(
        new JobOutcome.Busy(
            "Another writer moved "
                + promoting.stage()
                + " at the same time, "
                + TRIES
                + " times in a row; replay again later ("
                + (moved == null ? "" : moved.getMessage())
                + ")"),
        after);
  }

  private static Optional<Row> last(List<Row> piece) {
    return Optional.of(piece.get(piece.size() - 1));
  }

  /** The next rows that wait, in the order of raw; those of earlier pieces that stay are passed. */
  private List<Row> pieceAfter(Optional<Row> last) {
    Dataset<Row> waiting =
        new WaitingRows(promoting.lake(), promoting.contract(), promoting.tenant()).all(reason);
    Dataset<Row> further =
        last.map(
                row ->
                    waiting.where(
                        struct(col("raw_edition"), col("lane"), col("sequence"))
                            .gt(
                                struct(
                                    lit(row.<Long>getAs("raw_edition")),
                                    lit(row.<String>getAs("lane")),
                                    lit(row.<Long>getAs("sequence"))))))
            .orElse(waiting);
    return further.orderBy("raw_edition", "lane", "sequence").limit(rowsPerPiece).collectAsList();
  }
}
