package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.position.Touched;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.publishing.NextStamp;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.OldPartitions;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.refined.CannotRefine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Takes from one table what its retention is over for: whole partitions, by metadata, in one
 * stamped commit. Files go when no snapshot needs them any more ({@code sluice maintain}).
 *
 * @param objection why nothing may go now; empty when it may
 * @param find the partitions that are old
 * @param first what has to happen before they go; done again when another writer was faster
 * @param touched what their going touches
 */
record ExpireTable(
    Lake lake,
    DataContract contract,
    RunContext run,
    String table,
    String tenant,
    Supplier<Optional<String>> objection,
    Function<Table, OldPartitions> find,
    Consumer<OldPartitions> first,
    Function<OldPartitions, Touched> touched) {
  private static final int TRIES = 3;

  JobOutcome perform() {
    if (!lake.exists(table)) {
      return new JobOutcome.NothingToDo(table + " does not exist yet");
    }
    try {
      return expire();
    } catch (CannotRefine e) {
      return e.outcome();
    }
  }

  private JobOutcome expire() {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Table now = lake.table(table); // before the objections, so that what comes later is seen
      OldPartitions old = find.apply(now);
      if (old.isEmpty()) {
        return new JobOutcome.NothingToDo(table + " has nothing older than it may be");
      }
      Optional<String> waits = objection.get();
      if (waits.isPresent()) {
        return new JobOutcome.NothingToDo(waits.get());
      }
      try {
        first.accept(old);
        old.remove(
            NextStamp.on(
                Heads.of(now), run, contract, Map.of(), Optional.empty(), touched.apply(old)));
        return new JobOutcome.Done(
            StepFigures.allPublished("lifecycle", table, tenant, 0, figures(old)));
      } catch (Refused e) {
        if (e.why() != Refused.Why.EDITION && e.why() != Refused.Why.STALE_EPOCH) {
          throw e;
        }
      } catch (ValidationException e) {
        continue; // compaction put a file together with others meanwhile
      }
    }
    return new JobOutcome.Busy(
        table + " was moved by another writer in each of " + TRIES + " tries; run it again later");
  }

  JobPlan plan() {
    if (!lake.exists(table)) {
      return new JobPlan(List.of(table + " does not exist yet"), true);
    }
    OldPartitions old = find.apply(lake.table(table));
    if (old.isEmpty()) {
      return new JobPlan(List.of(), true);
    }
    Optional<String> waits = objection.get();
    return waits
        .map(why -> new JobPlan(List.of("waits: " + why), true))
        .orElseGet(
            () ->
                new JobPlan(
                    List.of(
                        "remove %,d rows in %,d files (%,d bytes) of %,d partitions before %s"
                            .formatted(
                                old.rows(),
                                old.files().size(),
                                old.bytes(),
                                old.partitions().size(),
                                old.before())),
                    false));
  }

  private static Map<String, Long> figures(OldPartitions old) {
    return Map.of(
        "rowsExpired",
        old.rows(),
        "filesExpired",
        (long) old.files().size(),
        "bytesExpired",
        old.bytes(),
        "partitionsExpired",
        (long) old.partitions().size());
  }
}
