package dev.sluice.raw;

import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.time.Clock;
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
    AtomicLong rows = new AtomicLong();
    AtomicLong commits = new AtomicLong();
    CommitBatch batches =
        new CommitBatch(
            table,
            broker,
            topic,
            start,
            clock,
            (added, took) -> {
              rows.addAndGet(added);
              commits.incrementAndGet();
              eachCommit.accept(
                  figures(added, Map.of("commits", 1L, "milliseconds", took.toMillis())));
            });
    try {
      stream.run(
          table.lake(),
          topic.name(),
          topic.after(start),
          table.contract().source().maxRowsPerBatch(),
          pace.trigger(),
          batches::commit,
          new StreamTopic.Watch(pace.look(), this::look));
    } catch (StreamingQueryException | TimeoutException | LostWhileRunning e) {
      return explain(e);
    }
    return commits.get() == 0
        ? new JobOutcome.NothingToDo("No message came for " + table.name())
        : new JobOutcome.Done(figures(rows.get(), notes(commits.get(), gone)));
  }

  /** A read that failed because the source lost messages meanwhile is told as that loss. */
  private JobOutcome explain(Exception failure) {
    return ExplainLandingFailure.of(failure, table)
        .or(this::loss)
        .or(() -> ExplainLandingFailure.asTransient(failure, source))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Landing into " + table.name() + " ended unexpectedly", failure));
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

  private static Map<String, Long> notes(long commits, AlreadyGone gone) {
    Map<String, Long> notes = new HashMap<>(gone.notes());
    notes.put("commits", commits);
    return notes;
  }

  private StepFigures figures(long rows, Map<String, Long> notes) {
    return StepFigures.allPublished(
        STEP, table.contract().id(), table.tenant().name(), rows, notes);
  }
}
