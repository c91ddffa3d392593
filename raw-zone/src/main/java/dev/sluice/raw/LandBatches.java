package dev.sluice.raw;

import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * Reads one topic from a position on, commits every batch, and says how that ended.
 *
 * @param eachCommit is told the figures of every commit
 */
record LandBatches(
    RawTable table,
    KafkaSource source,
    DescribeTopic broker,
    StreamTopic stream,
    Clock clock,
    Consumer<StepFigures> eachCommit) {
  private static final String STEP = "land";

  /**
   * @param gone what was gone before the start, to be told with the figures
   */
  JobOutcome from(Position start, KafkaTopic topic, AlreadyGone gone, Pace pace) {
    Tally tally = new Tally();
    KafkaTopic now = topic;
    Position from = start;
    while (true) {
      CommitBatch batches = new CommitBatch(table, broker, now, from, clock, tally);
      try {
        stream.run(
            table.lake(),
            now.name(),
            now.after(from),
            table.contract().source().maxRowsPerBatch(),
            pace.trigger(),
            batches::commit,
            new StreamTopic.Watch(pace.look(), this::look));
        return tally.outcome(gone);
      } catch (StreamingQueryException | TimeoutException | LostWhileRunning e) {
        Optional<JobOutcome> told = explain(e);
        if (told.isPresent()) {
          return told.get();
        }
        now = broker.named(topic.name());
        from = pastOtherTimes(e, batches.reached(), now, tally);
      }
    }
  }

  /** What one call has landed, over all its queries. */
  private final class Tally implements CommitBatch.Landed {
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong otherTimes = new AtomicLong();

    @Override
    public void rows(long added, Duration took) {
      rows.addAndGet(added);
      commits.incrementAndGet();
      eachCommit.accept(figures(added, Map.of("commits", 1L, "milliseconds", took.toMillis())));
    }

    JobOutcome outcome(AlreadyGone gone) {
      if (commits.get() == 0) {
        return new JobOutcome.NothingToDo("No message came for " + table.name());
      }
      Map<String, Long> notes = new HashMap<>(gone.notes());
      notes.put("commits", commits.get());
      if (otherTimes.get() > 0) {
        notes.put(OtherTimes.NOTE, otherTimes.get());
      }
      return new JobOutcome.Done(figures(rows.get(), notes));
    }
  }

  /** Where to go on after a failure that no outcome stands for. */
  private Position pastOtherTimes(
      Exception failure, Position reached, KafkaTopic now, Tally tally) {
    Position at = reached;
    boolean past = false;
    while (OtherTimes.mayBeBehind(failure)) { // all of them: each failing query costs seconds
      long begin = System.nanoTime();
      Optional<LandOtherTimes.Landed> landed =
          new LandOtherTimes(table, source, clock).after(at, now);
      if (landed.isEmpty()) {
        break;
      }
      tally.rows(landed.get().rows(), Duration.ofNanos(System.nanoTime() - begin));
      tally.otherTimes.addAndGet(landed.get().other());
      at = landed.get().reached();
      past = true;
    }
    if (!past) {
      throw new IllegalStateException(
          "Landing into " + table.name() + " ended unexpectedly", failure);
    }
    return at;
  }

  /** A read that failed because the source lost messages meanwhile is told as that loss. */
  private Optional<JobOutcome> explain(Exception failure) {
    return ExplainLandingFailure.of(failure, table)
        .or(this::loss)
        .or(() -> ExplainLandingFailure.asTransient(failure, source));
  }

  private Optional<JobOutcome> loss() {
    List<Loss> losses = TakenOfTopic.now(table, broker).losses();
    return losses.isEmpty()
        ? Optional.empty()
        : Optional.of(LossFound.outcome(table, source, losses));
  }

  private void look() {
    try {
      if (loss().isPresent()) {
        throw new LostWhileRunning(table.name());
      }
    } catch (SourceUnavailable e) {
      if (e.kind() != FailureKind.TRANSIENT) {
        throw e;
      }
    }
  }

  private StepFigures figures(long rows, Map<String, Long> notes) {
    return StepFigures.allPublished(
        STEP, table.contract().id(), table.tenant().name(), rows, notes);
  }
}
