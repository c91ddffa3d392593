package dev.sluice.pipelines.status;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.registry.SentCanaries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a data set against what its contract promises of freshness and completeness. */
public final class JudgePromises {
  /** How long a canary may take where the contract promises no latency. */
  private static final Duration CANARY = Duration.ofHours(1);

  private final FileFacts facts;
  private final CountRepeats repeats;
  private final SentCanaries canaries;
  private final Clock clock;

  public JudgePromises(FileFacts facts, CountRepeats repeats, SentCanaries canaries, Clock clock) {
    this.facts = facts;
    this.repeats = repeats;
    this.canaries = canaries;
    this.clock = clock;
  }

  /**
   * What a data set is like, as far as its contract promises something.
   *
   * @param measured what was measured, one sentence a promise
   * @param broken what of it is not as promised, and canaries that did not come
   */
  public record Judged(List<String> measured, List<Broken> broken) {}

  public Judged of(DataContract contract, TenantId tenant, List<Sighting> sightings) {
    List<String> measured = new ArrayList<>();
    List<Broken> broken = new ArrayList<>();
    Instant now = clock.instant();
    List<String> lost = lost(contract, sightings, now);
    lost.forEach(what -> broken.add(new Broken(false, what)));
    contract
        .levels()
        .freshness()
        .ifPresent(
            promised ->
                freshness(contract, tenant, promised, now, measured, broken, why(sightings, lost)));
    if (contract.levels().rowsPerDay().isPresent()) {
      completeness(contract, tenant, now, measured, broken);
    }
    return new Judged(measured, broken);
  }

  private void freshness(
      DataContract contract,
      TenantId tenant,
      Duration promised,
      Instant now,
      List<String> measured,
      List<Broken> broken,
      String why) {
    String stage = contract.stageTable(tenant);
    Optional<Instant> newest = facts.newest(stage, contract.stage().eventTime().column());
    String text =
        stage
            + (newest.isEmpty() ? " has no event yet" : " has its newest event at " + newest.get())
            + "; the contract promises one not older than "
            + promised;
    measured.add(text);
    if (newest.isEmpty() || newest.get().plus(promised).isBefore(now)) {
      broken.add(new Broken(false, text + " (" + why + ")"));
    }
  }

  /** No data, or broken? */
  private static String why(List<Sighting> sightings, List<String> lost) {
    if (sightings.isEmpty()) {
      return "no canary was sent that would tell why: sluice canary";
    }
    return lost.isEmpty()
        ? "canaries come through, so the source is silent"
        : "canaries do not come through, so something is broken";
  }

  private static List<String> lost(DataContract contract, List<Sighting> sightings, Instant now) {
    Duration allowed = contract.levels().latency().orElse(CANARY);
    List<String> lost = new ArrayList<>();
    for (Sighting each : sightings) {
      if (each.sent().plus(allowed).isBefore(now)) {
        late(each, each.atRaw(), "raw")
            .or(() -> late(each, each.atStage(), "stage"))
            .ifPresent(lost::add);
      }
    }
    return lost;
  }

  /** The newest canary is old enough to have come. */
  private static Optional<String> late(
      Sighting sighting, Optional<Sighting.Seen> seen, String zone) {
    return seen.filter(s -> s.sent().equals(sighting.sent())).isPresent()
        ? Optional.empty()
        : Optional.of(
            "the canary that was sent at "
                + sighting.sent()
                + " on lane "
                + sighting.lane()
                + " has not come to "
                + zone);
  }

  private void completeness(
      DataContract contract,
      TenantId tenant,
      Instant now,
      List<String> measured,
      List<Broken> broken) {
    String raw = contract.rawTable(tenant);
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
    Instant from = day.atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant until = from.plus(Duration.ofDays(1));
    if (!facts.hasRowsBefore(raw, "landed_at", until)) {
      measured.add(raw + " had nothing before " + until + ", so completeness is not judged yet");
      return;
    }
    long promised = contract.levels().rowsPerDay().getAsLong();
    long again =
        facts
            .editionsWithin(raw, "landed_at", from, until)
            .map(e -> repeats.among(contract.quarantineTable(tenant), e.first(), e.last()))
            .orElse(0L);
    long events =
        Math.max(
            0,
            facts.rowsWithin(raw, "landed_at", from, until)
                - canaries.between(contract.id(), tenant, from, until)
                - again);
    String text =
        raw
            + " got "
            + events
            + " events on "
            + day
            + (again == 0 ? "" : " (" + again + " more came again)")
            + "; the contract promises "
            + promised;
    measured.add(text);
    if (events < promised) {
      broken.add(new Broken(true, text));
    }
  }
}
