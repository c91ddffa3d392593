package dev.sluice.pipelines.status;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.LaneRange;
import dev.sluice.catalog.position.Stamp;
import dev.sluice.catalog.tables.Heads;
import dev.sluice.catalog.tables.StampText;
import dev.sluice.pipelines.registry.SentCanaries;
import dev.sluice.pipelines.registry.SentCanaries.Canary;
import dev.sluice.pipelines.status.Sighting.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Finds out from heads and stamps how far canaries have come: a table's head passes a place in the
 * same commit as the row at that place.
 */
public final class SightCanaries {
  private final SentCanaries sent;
  private final Catalog catalog;

  public SightCanaries(SentCanaries sent, Catalog catalog) {
    this.sent = sent;
    this.catalog = catalog;
  }

  /** The lanes of a data set to which canaries were sent. */
  public List<Sighting> of(DataContract contract, TenantId tenant) {
    Optional<Table> raw = table(contract.rawTable(tenant));
    Optional<Table> stage = table(contract.stageTable(tenant));
    Lane rawLane = Lane.ofTable(contract.rawTable(tenant));
    List<Sighting> sightings = new ArrayList<>();
    sent.newest(contract.id(), tenant)
        .forEach(
            (lane, canaries) ->
                sightings.add(
                    new Sighting(
                        lane,
                        canaries.get(0).sentAt(),
                        raw.flatMap(table -> atRaw(table, canaries)),
                        raw.flatMap(
                            table -> stage.flatMap(s -> atStage(table, s, rawLane, canaries))))));
    return sightings;
  }

  private static Optional<Seen> atRaw(Table raw, List<Canary> newestFirst) {
    return newestFirst.stream()
        .filter(c -> isTaken(raw, c))
        .findFirst()
        .map(c -> new Seen(c.sentAt(), taking(raw, c.lane(), c.sequence()).map(Taken::at)));
  }

  private static Optional<Seen> atStage(
      Table raw, Table stage, Lane rawLane, List<Canary> newestFirst) {
    long promoted = Heads.of(stage).lanes().at(rawLane);
    for (Canary canary : newestFirst) {
      if (!isTaken(raw, canary)) {
        continue;
      }
      Optional<Taken> landed = taking(raw, canary.lane(), canary.sequence());
      boolean seen =
          landed
              .map(taken -> taken.edition() < promoted)
              .orElse(promoted > Heads.of(raw).edition()); // which edition it was is forgotten
      if (seen) {
        return Optional.of(
            new Seen(
                canary.sentAt(),
                landed.flatMap(taken -> taking(stage, rawLane, taken.edition())).map(Taken::at)));
      }
    }
    return Optional.empty();
  }

  private static boolean isTaken(Table raw, Canary canary) {
    return Heads.of(raw).lanes().at(canary.lane()) > canary.sequence();
  }

  private record Taken(long edition, Instant at) {}

  /** The kept commit that took a place of a lane. */
  private static Optional<Taken> taking(Table table, Lane lane, long sequence) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      String text = snapshot.summary().get(Stamp.SUMMARY_KEY);
      if (text == null) {
        continue;
      }
      Stamp stamp = StampText.read(text);
      LaneRange range = stamp.lanes().get(lane);
      if (range != null && range.from() <= sequence && sequence < range.until()) {
        return Optional.of(
            new Taken(stamp.edition(), Instant.ofEpochMilli(snapshot.timestampMillis())));
      }
    }
    return Optional.empty();
  }

  private Optional<Table> table(String name) {
    TableIdentifier identifier = TableIdentifier.parse(name);
    return catalog.tableExists(identifier)
        ? Optional.of(catalog.loadTable(identifier))
        : Optional.empty();
  }
}
