package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.raw.Turns;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RawTurnsTest {
  private static final String TABLE = "city_raw.readings";
  private final Database database = TestPostgres.migrated();
  private final Turns turns = new RawTurns(database, Duration.ofSeconds(300));

  @Test
  void aTurnComesWhenTheOneBeforeIsOver() throws Exception {
    Turns.Turn first = turns.at(TABLE);
    CompletableFuture<Turns.Turn> second = CompletableFuture.supplyAsync(() -> turns.at(TABLE));
    while (waiting() == 0) {
      assertThat(second).isNotDone();
    }

    first.close();

    second.get(300, TimeUnit.SECONDS).close();
  }

  @Test
  void otherTablesHaveTurnsOfTheirOwn() {
    try (Turns.Turn one = turns.at(TABLE);
        Turns.Turn other = turns.at("town_raw.readings")) {
      assertThat(one).isNotSameAs(other);
    }
  }

  @Test
  void nobodyWaitsForEver() {
    try (Turns.Turn held = turns.at(TABLE);
        Turns.Turn without = new RawTurns(database, Duration.ofMillis(1)).at(TABLE)) {
      assertThat(without).isNotSameAs(held);
    }
  }

  private long waiting() {
    return database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement();
              var row =
                  statement.executeQuery(
                      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) {
            row.next();
            return row.getLong(1);
          }
        });
  }
}
