package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.pipelines.registry.Lease;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.TableUses;
import dev.sluice.pipelines.registry.TableUses.Kind;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.refined.DropProduct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Drops a product that nobody has used for the declared time, unless something still needs it.
 *
 * @param refine the place of the product's refinement, whose lease keeps it away meanwhile
 * @param now the time by which unused is long enough
 * @param objections why it must stay for now
 */
record RetireProduct(
    DropProduct drop,
    String table,
    Duration unusedFor,
    StepPlace refine,
    String run,
    Leases leases,
    TableUses uses,
    Instant now,
    Supplier<Optional<String>> objections) {

  JobOutcome perform() {
    if (drop.freed().isEmpty()) {
      return new JobOutcome.NothingToDo(table + " does not stand");
    }
    if (uses.unusedSince(table).isEmpty()) {
      uses.note(List.of(table), Kind.REFINE, now); // its time begins now
    }
    Optional<String> stays = stays();
    if (stays.isPresent()) {
      return new JobOutcome.NothingToDo(stays.get());
    }
    Optional<Lease> lease = leases.take(refine.lease(), run);
    if (lease.isEmpty()) {
      return new JobOutcome.Busy(table + " is being refined; drop it later");
    }
    try (Lease unused = lease.get()) {
      return drop.run(refine.tenant().name());
    }
  }

  JobPlan plan() {
    Optional<DropProduct.Freed> freed = drop.freed();
    if (freed.isEmpty()) {
      return new JobPlan(List.of(), true);
    }
    Optional<String> stays = stays();
    return stays
        .map(why -> new JobPlan(List.of(why), true))
        .orElseGet(
            () ->
                new JobPlan(
                    List.of(
                        "drop it with a recipe: %,d rows in %,d files (%,d bytes), unused since %s"
                            .formatted(
                                freed.get().rows(),
                                freed.get().files(),
                                freed.get().bytes(),
                                uses.unusedSince(table).map(Instant::toString).orElse("?"))),
                    false));
  }

  private Optional<String> stays() {
    return inUse().or(() -> objections.get().or(drop::objection).map(why -> "stays: " + why));
  }

  private Optional<String> inUse() {
    Instant since = uses.unusedSince(table).orElse(now);
    return since.plus(unusedFor).isAfter(now)
        ? Optional.of(
            "stays: %s was used or made at %s, not %d days ago yet"
                .formatted(table, since, unusedFor.toDays()))
        : Optional.empty();
  }
}
