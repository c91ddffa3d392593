package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.Lane;
import dev.sluice.pipelines.registry.SentCanaries.Canary;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentCanariesTest {
  private static final TenantId AIRPORTS = new TenantId("airports");
  private static final Lane FIRST = Lane.ofKafka("local", "flights", "x", 0);
  private static final Lane SECOND = Lane.ofKafka("local", "flights", "x", 1);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final SentCanaries canaries = new SentCanaries(TestPostgres.migrated());

  @Test
  void canariesAreFoundByLaneNewestFirst() {
    canaries.sent("flights", AIRPORTS, "c1", Map.of(FIRST, 5L, SECOND, 7L), NOON);
    canaries.sent("flights", AIRPORTS, "c2", Map.of(FIRST, 9L), NOON.plusSeconds(60));
    canaries.sent("flights", new TenantId("harbour"), "c3", Map.of(SECOND, 99L), NOON);

    assertThat(canaries.newest("flights", AIRPORTS).get(FIRST))
        .containsExactly(new Canary(FIRST, 9, NOON.plusSeconds(60)), new Canary(FIRST, 5, NOON));
    assertThat(canaries.newest("flights", AIRPORTS).get(SECOND))
        .containsExactly(new Canary(SECOND, 7, NOON));
    assertThat(canaries.between("flights", AIRPORTS, NOON, NOON.plusSeconds(1))).isEqualTo(2);
  }

  @Test
  void oldCanariesAreForgotten() {
    canaries.sent("flights", AIRPORTS, "c1", Map.of(FIRST, 5L), NOON);

    canaries.sent("flights", AIRPORTS, "c2", Map.of(SECOND, 7L), NOON.plus(Duration.ofDays(31)));

    assertThat(canaries.newest("flights", AIRPORTS)).containsOnlyKeys(SECOND);
  }
}
