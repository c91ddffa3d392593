package dev.sluice.stage;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.privacy.WrappedKeyset;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.BackfillRange;
import dev.sluice.catalog.run.BackfillRange.Mode;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Makes a stretch of stage again from raw, under the contract of today, one piece of event time
 * after the other. Each is published by itself, so a kill loses only the one under way, and a rerun
 * goes on; promotion goes on meanwhile (ADR 0009).
 */
public final class BackfillStage {
  private static final int TRIES = 3;
  private static final int LOOKS = 12;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** Before and after all event times. */
  private static final BackfillRange ALL_OF_TIME =
      new BackfillRange(
          Instant.parse("0001-01-01T00:00:00Z"),
          Instant.parse("9999-01-01T00:00:00Z"),
          Mode.CHANGED,
          false);

  private final Promoting promoting;
  private final WrappedKeyset keyset;
  private final BackfillRange range;
  private final long pieceRows;
  private final boolean withWaiting;

  /**
   * @param pieceRows periods are done together up to so many rows, see {@link Piece}
   */
  public BackfillStage(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      WrappedKeyset keyset,
      RunContext run,
      BackfillRange range,
      long pieceRows) {
    this(new Promoting(lake, contract, tenant, run), keyset, range, pieceRows, true);
  }

  private BackfillStage(
      Promoting promoting,
      WrappedKeyset keyset,
      BackfillRange range,
      long pieceRows,
      boolean withWaiting) {
    this.promoting = promoting;
    this.keyset = keyset;
    this.range = range;
    this.pieceRows = pieceRows;
    this.withWaiting = withWaiting;
  }

  /**
   * A sidefill: brings what raw has into columns that were declared later. It makes every period
   * again that has rows of an older version of the contract; rows that wait are left to a replay.
   */
  public static BackfillStage sidefill(
      Lake lake,
      DataContract contract,
      TenantId tenant,
      WrappedKeyset keyset,
      RunContext run,
      long pieceRows) {
    return new BackfillStage(
        new Promoting(lake, contract, tenant, run), keyset, ALL_OF_TIME, pieceRows, false);
  }

  /** Does all periods, or those before one that cannot be published. */
  public JobOutcome run() {
    return run(line -> {});
  }

  /**
   * The same.
   *
   * @param progress is told a line for every piece that was published
   */
  public JobOutcome run(Consumer<String> progress) {
    Optional<JobOutcome> unfit = new PrepareTables(promoting, keyset).unfit();
    if (unfit.isPresent()) {
      return unfit.get();
    }
    List<PeriodToDo> left = left();
    List<Piece> pieces = Piece.cut(left, pieceRows);
    Optional<StepFigures> sum = Optional.empty();
    int periods = 0;
    for (int i = 0; i < pieces.size(); i++) {
      JobOutcome outcome = rewrite(pieces.get(i), i == pieces.size() - 1);
      if (!(outcome instanceof JobOutcome.Done done)) {
        return outcome;
      }
      periods += pieces.get(i).periods().size();
      progress.accept(line(pieces.get(i), periods, left.size(), done.figures()));
      sum =
          Optional.of(sum.map(s -> PromotionFigures.sum(s, done.figures())).orElse(done.figures()));
    }
    return sum.<JobOutcome>map(JobOutcome.Done::new)
        .orElseGet(() -> new JobOutcome.NothingToDo(nothing()));
  }

  /** Which periods would be done again, and why; decodes the rows that wait and writes nothing. */
  public JobPlan plan() {
    for (String table : List.of(promoting.raw(), promoting.quarantine(), promoting.stage())) {
      if (!promoting.lake().exists(table)) {
        return new JobPlan(List.of(table + " is not there yet"), true);
      }
    }
    List<PeriodToDo> left = left();
    if (left.isEmpty()) {
      return new JobPlan(List.of(nothing()), true);
    }
    List<String> lines = new ArrayList<>();
    lines.add("backfill " + promoting.stage() + ": " + left.size() + " partitions");
    left.forEach(todo -> lines.add(todo.line()));
    return new JobPlan(lines, false);
  }

  private List<PeriodToDo> left() {
    List<PeriodToDo> all = new ChoosePeriods(promoting, keyset, range, withWaiting).all();
    return range.mode() == Mode.FORCE
        ? forced().left(promoting.lake().table(promoting.stage()), all)
        : all;
  }

  private ForcedPieces forced() {
    return new ForcedPieces(promoting, range);
  }

  private String nothing() {
    return "no partition of "
        + promoting.stage()
        + " has to be done again under version "
        + promoting.contract().version()
        + " of its contract";
  }

  private static String line(Piece piece, int number, int all, StepFigures figures) {
    return piece.text()
        + " ("
        + number
        + " of "
        + all
        + "): "
        + figures.published()
        + " rows, "
        + figures.notes().getOrDefault("keys.changed", 0L)
        + " changed";
  }

  private JobOutcome rewrite(Piece piece, boolean last) {
    Map<String, String> mark = range.mode() == Mode.FORCE ? forced().mark(last) : Map.of();
    Refused moved = null;
    int looks = 0;
    int tries = 0;
    while (tries < TRIES) {
      Head stage = promoting.lake().head(promoting.stage()); // before the period's rows are read
      Head quarantine = promoting.lake().head(promoting.quarantine());
      Optional<JobOutcome> underWay =
          PromotionUnderWay.in(promoting, stage, quarantine, "backfill");
      if (underWay.isPresent() && looks == LOOKS) {
        return underWay.get();
      }
      if (underWay.isPresent()) { // as a rule for the moment between its two commits
        looks++;
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        continue;
      }
      try {
        return new RewritePeriods(promoting, keyset, piece, mark).rewrite(stage, quarantine);
      } catch (Refused refused) {
        if (!MovedMeanwhile.tells(refused)) {
          return new JobOutcome.Failed(FailureKind.SETUP, String.valueOf(refused.getMessage()));
        }
        moved = refused;
        tries++;
      }
    }
    return new JobOutcome.Busy(
        "Another writer moved "
            + promoting.stage()
            + " while "
            + piece.text()
            + " was done again, "
            + TRIES
            + " times in a row; what came before it is published, so backfill again later ("
            + (moved == null ? "" : moved.getMessage())
            + ")");
  }
}
