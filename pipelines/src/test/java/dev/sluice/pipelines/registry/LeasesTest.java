package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final String NAME = "promote/video-detections/video-detections/city";
  private Database database;
  private Leases leases;

  @BeforeEach
  void aRegistry() {
    database = TestPostgres.migrated();
    leases = new Leases(database, Duration.ofMinutes(30));
  }

  @Test
  void aHeldLeaseIsNotGivenAgain() {
    try (Lease held = leases.take(NAME, "r1").orElseThrow()) {
      assertThat(leases.take(NAME, "r2")).isEmpty();
      assertThat(leases.holder(NAME)).hasValueSatisfying(who -> assertThat(who).startsWith("r1"));
    }
  }

  @Test
  void aRunLivesWhileItsProcessHoldsALease() {
    Lease held = leases.take(NAME, "r1").orElseThrow();
    assertThat(leases.isHeldBy("r1")).isTrue();
    assertThat(leases.isHeldBy("r2")).isFalse();

    held.close();
    assertThat(leases.isHeldBy("r1")).isFalse();
  }

  @Test
  void aRunWhoseProcessIsGoneDoesNotLive() {
    Optional<Lease> killed = leases.take(NAME, "r1");
    sql("SELECT pg_terminate_backend(backend_pid, 5000) FROM sluice.lease");

    assertThat(killed).isPresent();
    assertThat(leases.isHeldBy("r1")).isFalse();
  }

  @Test
  void onlyLeasesOfTheStepThatSomebodyAliveHoldsAreListed() {
    try (Lease one = leases.take("land/a/a/city", "r1").orElseThrow();
        Lease other = leases.take("landing/a/a/city", "r2").orElseThrow()) {
      assertThat(leases.held("land"))
          .singleElement()
          .satisfies(held -> assertThat(held.holder()).isEqualTo("r1"));
      assertThat(leases.held()).extracting(Leases.Held::holder).containsExactly("r1", "r2");

      sql("UPDATE sluice.lease SET expires_at = now() - interval '1 second'");

      assertThat(leases.held("land")).isEmpty();
    }
  }

  @Test
  void aReturnedLeaseIsFree() {
    leases.take(NAME, "r1").orElseThrow().close();

    assertThat(leases.holder(NAME)).isEmpty();
    assertThat(leases.take(NAME, "r2")).isPresent();
  }

  @Test
  void aLeaseWhoseTimeIsOverIsFreeWhileItsHolderStillLives() {
    try (Lease held = leases.take(NAME, "r1").orElseThrow()) {
      sql("UPDATE sluice.lease SET expires_at = now() - interval '1 second'");

      assertThat(leases.take(NAME, "r2")).isPresent();
    }
  }

  @Test
  void aLeaseOfAProcessThatIsGoneIsFreeAtOnce() {
    Optional<Lease> killed = leases.take(NAME, "r1");
    sql("SELECT pg_terminate_backend(backend_pid, 5000) FROM sluice.lease");

    Optional<Lease> taken = leases.take(NAME, "r2");

    assertThat(killed).isPresent();
    assertThat(taken).isPresent();
  }

  @Test
  void aLateCloseDoesNotTakeAwayTheNextHoldersLease() {
    Lease first = leases.take(NAME, "r1").orElseThrow();
    sql("UPDATE sluice.lease SET expires_at = now() - interval '1 second'");
    Optional<Lease> second = leases.take(NAME, "r2");

    first.close();

    assertThat(second).isPresent();
    assertThat(leases.holder(NAME)).hasValueSatisfying(who -> assertThat(who).startsWith("r2"));
  }

  private void sql(String text) {
    database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute(text);
          }
        });
  }
}
