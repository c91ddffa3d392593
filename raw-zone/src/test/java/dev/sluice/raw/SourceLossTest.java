package dev.sluice.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.position.Position;
import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceLossTest {
  private final List<String> audited = new ArrayList<>();

  private final LossAudit audit =
      (table, reason, losses) ->
          losses.forEach(loss -> audited.add(table + "; " + reason + "; " + loss.text()));

  @Test
  void passedRetentionStopsLandingUntilTheLossIsAccepted() {
    try (Landing landing = Landing.of("slretention", 2)) {
      landing.topic().send(0, "a", "b");
      landing.topic().send(1, "c");
      landing.run();
      landing.topic().send(0, "d", "e", "f");
      landing.topic().expire(0, 4);
      var head = landing.head();

      JobOutcome stopped = landing.run();
      assertThat(stopped).isEqualTo(landing.run());
      assertThat(stopped)
          .isInstanceOfSatisfying(
              JobOutcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.LOST);
                assertThat(failed.what())
                    .contains(landing.lane(0).name(), "2 to 3", "sluice accept-loss readings");
              });
      assertThat(landing.head()).isEqualTo(head);
      assertThat(landing.job().plan().lines().get(0)).contains("2 to 3");

      assertThat(landing.acceptLoss(audit).run("the mirror is gone too"))
          .isInstanceOf(JobOutcome.Done.class);
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(4);
      assertThat(landing.head().lanes().at(landing.lane(1))).isEqualTo(1);
      assertThat(audited).hasSize(1);
      assertThat(audited.get(0))
          .contains("slretention_raw.readings", "the mirror is gone too", "2 to 3");

      landing.run();
      assertThat(landing.values()).containsExactlyInAnyOrder("a", "b", "c", "f");
    }
  }

  @Test
  void aRecreatedTopicStopsLandingUntilItsOldLanesAreClosed() {
    try (Landing landing = Landing.of("slrecreated", 2)) {
      landing.topic().send(0, "a", "b");
      landing.run();
      Lane old = landing.lane(0);
      landing.topic().recreate(1);
      landing.topic().send(0, "c", "d", "e");

      assertThat(landing.run())
          .isInstanceOfSatisfying(
              JobOutcome.Failed.class,
              failed -> assertThat(failed.what()).contains(old.name(), "from 2 on"));
      assertThat(landing.values()).containsExactly("a", "b");

      landing.acceptLoss(audit).run("recreated by hand");
      assertThat(landing.head().lanes().at(old)).isEqualTo(Position.CLOSED);
      assertThat(LandKafkaInRawTest.rows(landing.run())).isEqualTo(3);
      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);
    }
  }

  @Test
  void retentionThatPassesWhileBatchesAreReadIsToldAsThatLoss() {
    try (Landing landing = Landing.of("slrunning", 1)) {
      // so large that the consumer cannot have fetched them ahead
      String[] values = new String[12];
      Arrays.fill(values, "x".repeat(900_000));
      landing.topic().send(0, values);
      CommitHooks.beforeNextSwap(landing.table(), () -> landing.topic().expire(0, 11));

      assertThat(landing.inBatchesOf(2).run())
          .isInstanceOfSatisfying(
              JobOutcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.LOST);
                assertThat(failed.what()).contains(" to 10 are gone");
              });

      assertThat(landing.rows().size())
          .isEqualTo((int) landing.head().lanes().at(landing.lane(0)))
          .isLessThan(11);
    }
  }

  @Test
  void aTopicRecreatedBetweenTwoBatchesStopsLandingBeforeTheSecond() {
    try (Landing landing = Landing.of("slbetween", 1)) {
      landing.topic().send(0, "a", "b", "c", "d");
      CommitHooks.beforeNextSwap(
          landing.table(),
          () -> {
            landing.topic().recreate(1);
            landing.topic().send(0, "e", "f", "g", "h");
          });

      assertThat(landing.inBatchesOf(2).run())
          .isInstanceOfSatisfying(
              JobOutcome.Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(FailureKind.LOST));

      assertThat(landing.values()).containsExactly("a", "b");
    }
  }

  @Test
  void withoutALossThereIsNothingToAccept() {
    try (Landing landing = Landing.of("slnone", 1)) {
      landing.topic().send(0, "a");
      landing.run();

      assertThat(landing.acceptLoss(audit).plan().nothingToDo()).isTrue();
      assertThat(landing.acceptLoss(audit).run("why not"))
          .isInstanceOf(JobOutcome.NothingToDo.class);
      assertThat(audited).isEmpty();
    }
  }

  @Test
  void aLossIsNotAcceptedWithoutAReason() {
    try (Landing landing = lossy("slreason")) {
      assertThat(landing.acceptLoss(audit).run(" ")).isInstanceOf(JobOutcome.Failed.class);

      assertThat(audited).isEmpty();
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeAuditedIsNotAccepted() {
    try (Landing landing = lossy("slaudit")) {
      LossAudit broken =
          (table, reason, losses) -> {
            throw new IllegalStateException("no audit");
          };

      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> landing.acceptLoss(broken).run("reason"))
          .hasMessage("no audit");
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(1);
    }
  }

  private static Landing lossy(String tenant) {
    Landing landing = Landing.of(tenant, 1);
    landing.topic().send(0, "a");
    landing.run();
    landing.topic().send(0, "b", "c");
    landing.topic().expire(0, 2);
    return landing;
  }
}
