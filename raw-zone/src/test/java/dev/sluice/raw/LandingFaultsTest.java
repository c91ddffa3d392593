package dev.sluice.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.catalog.publishing.fixture.CommitHooks;
import dev.sluice.catalog.run.JobOutcome;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LandingFaultsTest {

  @Test
  void aCrashBeforeTheCommitLosesNothingAndTheRerunTakesItOnce() {
    try (Landing landing = Landing.of("lfbefore", 1)) {
      landing.topic().send(0, "a", "b");
      CommitHooks.beforeNextSwap(landing.table(), CommitHooks.crash());

      assertThatThrownBy(landing::run).hasStackTraceContaining("crashed by the test");
      assertThat(landing.values()).isEmpty();

      assertThat(LandKafkaInRawTest.rows(landing.run())).isEqualTo(2);
      assertThat(landing.values()).containsExactly("a", "b");
    }
  }

  @Test
  void aCrashAfterTheCommitLeavesNothingToDo() {
    try (Landing landing = Landing.of("lfafter", 1)) {
      landing.topic().send(0, "a", "b");
      CommitHooks.afterNextSwap(landing.table(), CommitHooks.crash());

      assertThatThrownBy(landing::run).hasStackTraceContaining("crashed by the test");
      assertThat(landing.values()).containsExactly("a", "b");

      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);
      assertThat(landing.values()).containsExactly("a", "b");
    }
  }

  @Test
  void ofTwoInstancesAtOnceOneCommitsEachBatch() throws Exception {
    try (Landing landing = Landing.of("lfrace", 1)) {
      landing.topic().send(0, "a", "b", "c");
      CyclicBarrier bothAgreed = new CyclicBarrier(2);
      CommitHooks.beforeNextSwap(landing.table(), () -> first(landing, bothAgreed));

      CompletableFuture<JobOutcome> one = CompletableFuture.supplyAsync(landing::run);
      CompletableFuture<JobOutcome> two = CompletableFuture.supplyAsync(landing::run);
      JobOutcome a = one.get(600, TimeUnit.SECONDS);
      JobOutcome b = two.get(600, TimeUnit.SECONDS);

      assertThat(landing.values()).containsExactly("a", "b", "c");
      assertThat(landing.head().edition()).isEqualTo(1);
      assertThat(List.of(a, b)).hasAtLeastOneElementOfType(JobOutcome.Done.class);
      assertThat(List.of(a, b)).hasAtLeastOneElementOfType(JobOutcome.NothingToDo.class);
    }
  }

  @Test
  void aBatchThatAnotherInstanceTookMeanwhileIsPassedOver() {
    try (Landing landing = Landing.of("lfpassed", 1)) {
      landing.topic().send(0, "a", "b", "c", "d", "e");
      CommitHooks.beforeNextSwap(landing.table(), () -> landing.inBatchesOf(3).run());

      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);

      assertThat(landing.values()).containsExactly("a", "b", "c", "d", "e");
      assertThat(landing.head().edition()).isEqualTo(2);
    }
  }

  @Test
  void aBatchOfWhichAnotherInstanceTookPartIsNotWrittenAndTheRerunGoesOn() {
    try (Landing landing = Landing.of("lfpart", 1)) {
      landing.topic().send(0, "a", "b", "c", "d", "e");
      CommitHooks.beforeNextSwap(
          landing.table(),
          () -> {
            CommitHooks.afterNextSwap(landing.table(), CommitHooks.crash());
            assertThatThrownBy(() -> landing.inBatchesOf(3).run())
                .hasStackTraceContaining("crashed by the test");
          });

      assertThat(landing.run())
          .isInstanceOfSatisfying(
              JobOutcome.Busy.class, busy -> assertThat(busy.what()).contains("LANE_MOVED_ON"));
      assertThat(landing.values()).containsExactly("a", "b", "c");

      landing.run();
      assertThat(landing.values()).containsExactly("a", "b", "c", "d", "e");
    }
  }

  @Test
  void aBatchStartsWhereThisQueryHasComeToAndNotWhereAnotherInstanceMovedTheHead() {
    try (Landing landing = Landing.of("lfstart", 1)) {
      landing.topic().send(0, "a", "b", "c", "d");
      CommitHooks.afterNextSwap(
          landing.table(),
          () -> {
            CommitHooks.afterNextSwap(landing.table(), CommitHooks.crash());
            assertThatThrownBy(() -> landing.inBatchesOf(1).run())
                .hasStackTraceContaining("crashed by the test");
          });

      assertThat(landing.inBatchesOf(2).run()).isInstanceOf(JobOutcome.Busy.class);
      assertThat(landing.values()).containsExactly("a", "b", "c");

      landing.run();
      assertThat(landing.values()).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void messagesThatCompactionTookAwayAreNoLoss() {
    Map<String, String> compacted =
        Map.of(
            "cleanup.policy",
            "compact",
            "segment.ms",
            "50",
            "min.cleanable.dirty.ratio",
            "0.01",
            "max.compaction.lag.ms",
            "100");
    try (Landing landing = Landing.of("lfcompact", 1, compacted)) {
      int sent = 0;
      while (landing.topic().readable(0) == sent) {
        assertThat(sent).as("sent without the cleaner at work").isLessThan(5000);
        landing
            .topic()
            .send(
                IntStream.range(0, 5)
                    .mapToObj(
                        i -> landing.topic().record(0, new byte[] {(byte) i}, "v".getBytes(UTF_8)))
                    .toList());
        sent += 5;
      }

      long landed = LandKafkaInRawTest.rows(landing.run());

      assertThat(landed).isBetween(1L, sent - 1L);
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(sent);
      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);
    }
  }

  @Test
  void messagesWhoseTimeSparkCannotHoldLandWithAnotherAndKeepTheirs() {
    Map<String, String> anyTime =
        Map.of("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
    long nanoseconds = 1_780_000_000_000_000_000L;
    try (Landing landing = Landing.of("lftimes", 2, anyTime)) {
      landing.topic().send(0, "a");
      landing
          .topic()
          .send(
              List.of(
                  landing.topic().recordAt(0, nanoseconds, "b"),
                  landing.topic().recordAt(0, nanoseconds + 1, "c"),
                  landing.topic().recordAt(0, 1_780_000_000_000L, "d"),
                  landing.topic().recordAt(0, nanoseconds, "e")));
      landing.topic().send(1, "f", "g");

      JobOutcome outcome = landing.run();

      assertThat(LandKafkaInRawTest.rows(outcome)).isEqualTo(7);
      assertThat(((JobOutcome.Done) outcome).figures().notes()).containsEntry("otherTimes", 3L);
      assertThat(landing.values()).containsExactly("a", "b", "c", "d", "e", "f", "g");
      assertThat(landing.head().lanes().at(landing.lane(0))).isEqualTo(5);
      Row b = landing.rows().get(1);
      assertThat(b.<Timestamp>getAs("source_time").toInstant()).isEqualTo(OtherTimes.LATEST);
      assertThat(b.<Row>getList(b.fieldIndex("headers")))
          .extracting(h -> h.getString(0), h -> new String(h.<byte[]>getAs(1), UTF_8))
          .containsExactly(tuple("sluice.time", String.valueOf(nanoseconds)));
      assertThat(landing.run()).isInstanceOf(JobOutcome.NothingToDo.class);
    }
  }

  @Test
  void aTopicThatIsNotThereYetIsNoFaultWhereFilesAreDroppedBesides() {
    try (Landing landing = Landing.withoutTopic("lfnotyet")) {
      assertThat(landing.run()).isInstanceOf(JobOutcome.Failed.class);

      assertThat(landing.besideFolder("/drop/${TENANT}").run())
          .isInstanceOf(JobOutcome.NothingToDo.class);
    }
  }

  @Test
  void aTopicThatIsGoneIsAFaultOnceSomethingCameOfIt() {
    try (Landing landing = Landing.of("lfgone", 1).besideFolder("/drop/${TENANT}")) {
      landing.topic().send(0, "a");
      landing.run();

      landing.topic().remove();

      assertThat(landing.run())
          .isInstanceOfSatisfying(
              JobOutcome.Failed.class,
              failed -> assertThat(failed.what()).contains("has no topic lfgone.readings"));
    }
  }

  /** The first instance waits for the second to come as far, so that both want the same swap. */
  private static void first(Landing landing, CyclicBarrier bothAgreed) {
    CommitHooks.beforeNextSwap(landing.table(), () -> await(bothAgreed));
    await(bothAgreed);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(300, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
