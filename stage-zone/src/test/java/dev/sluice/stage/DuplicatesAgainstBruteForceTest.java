package dev.sluice.stage;

import static dev.sluice.stage.LandedByHand.NOON;
import static dev.sluice.stage.LandedByHand.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.ColumnType.Simple;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.catalog.run.JobOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the batches, the same rows survive as by comparing each row with all kept before it. */
class DuplicatesAgainstBruteForceTest {
  private static final long HOUR = 3_600_000L;

  private record Event(int lane, long id, long at, String colour) {
    byte[] message() {
      return event(id, at, "\"colour\":\"" + colour + "\"").getBytes(UTF_8);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void survivorsDoNotDependOnBatches(long seed) {
    List<List<Event>> editions = random(seed);
    TreeMap<String, String> expected = bruteForce(editions);

    assertThat(promoted("one" + seed, editions, 1_000_000)).isEqualTo(expected);
    assertThat(promoted("each" + seed, editions, 1)).isEqualTo(expected);
    assertThat(promoted("some" + seed, editions, 60)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void manySuspectsAreJudgedWhereTheyAreAndAlike(long seed) {
    List<List<Event>> editions = random(seed);
    TreeMap<String, String> expected = bruteForce(editions);

    try (WithoutGuard unused = WithoutGuard.answering(FindDuplicates.class, "areFew", false)) {
      assertThat(promoted("manyone" + seed, editions, 1_000_000)).isEqualTo(expected);
      assertThat(promoted("manysome" + seed, editions, 60)).isEqualTo(expected);
    }
  }

  private static List<List<Event>> random(long seed) {
    Random random = new Random(seed);
    List<List<Event>> editions = new ArrayList<>();
    for (int edition = 0; edition < 4; edition++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        events.add(
            new Event(
                random.nextInt(3),
                random.nextInt(12),
                NOON - HOUR * random.nextInt(80),
                random.nextBoolean() ? "red" : "blue"));
      }
      editions.add(events);
    }
    return editions;
  }

  /** Place to fate, one after the other, in the order of places. */
  private static TreeMap<String, String> bruteForce(List<List<Event>> editions) {
    TreeMap<String, String> fates = new TreeMap<>();
    List<Map.Entry<String, Event>> kept = new ArrayList<>();
    long[] next = new long[3];
    for (List<Event> edition : editions) {
      List<Map.Entry<String, Event>> places = new ArrayList<>();
      for (int lane = 0; lane < 3; lane++) {
        for (Event event : edition) {
          if (event.lane == lane) {
            places.add(Map.entry(LandedByHand.lane(lane) + "#" + next[lane]++, event));
          }
        }
      }
      for (var place : places) {
        Event event = place.getValue();
        var first =
            kept.stream()
                .filter(
                    k ->
                        k.getValue().id == event.id
                            && Math.abs(k.getValue().at - event.at) <= 24 * HOUR)
                .findFirst();
        if (first.isEmpty()) {
          kept.add(place);
          fates.put(place.getKey(), "kept");
        } else {
          Event before = first.get().getValue();
          boolean same = before.at == event.at && before.colour.equals(event.colour);
          fates.put(
              place.getKey(),
              (same ? "SAME_EVENT" : "CONFLICTING_PAYLOAD") + " of " + first.get().getKey());
        }
      }
    }
    return fates;
  }

  private static TreeMap<String, String> promoted(
      String tenant, List<List<Event>> editions, long rowsPerCommit) {
    LandedByHand landed =
        new LandedByHand(
            ContractFixture.of(tenant)
                .duplicatesWithin(Duration.ofDays(1))
                .with(ContractFixture.optional("colour", Simple.STRING))
                .build());
    for (List<Event> edition : editions) {
      landed.land(edition.stream().map(e -> Map.entry(e.lane, e.message())).toList());
    }
    JobOutcome outcome =
        new PromoteRawToStage(
                landed.lake,
                landed.contract,
                landed.tenant,
                landed.keyset,
                LandedByHand.run(),
                ContractVersions.UNKNOWN,
                rowsPerCommit)
            .run();
    assertThat(((JobOutcome.Done) outcome).figures().balances()).isTrue();
    TreeMap<String, String> fates = new TreeMap<>();
    Arrays.stream(landed.stage("concat(_lane, '#', _sequence)"))
        .forEach(row -> fates.put(row.getString(0), "kept"));
    Arrays.stream(
            landed.quarantine(
                "concat(lane, '#', sequence)",
                "concat(reason, ' of ', duplicate_of_lane, '#', duplicate_of_sequence)"))
        .forEach(row -> fates.put(row.getString(0), row.getString(1)));
    return fates;
  }
}
