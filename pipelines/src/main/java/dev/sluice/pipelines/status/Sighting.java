package dev.sluice.pipelines.status;

import dev.sluice.catalog.position.Lane;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the canaries of one lane have come.
 *
 * @param sent when the newest one was sent
 * @param atRaw the newest one that raw has taken
 * @param atStage the newest one that a promotion has taken
 */
public record Sighting(Lane lane, Instant sent, Optional<Seen> atRaw, Optional<Seen> atStage) {

  /**
   * A canary in a zone.
   *
   * @param sent when it was sent
   * @param seen when the zone published it; empty when that has been forgotten
   */
  public record Seen(Instant sent, Optional<Instant> seen) {}
}
