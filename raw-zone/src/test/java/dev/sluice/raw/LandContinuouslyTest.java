package dev.sluice.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.StepFigures;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LandContinuouslyTest {
  private final BlockingQueue<StepFigures> commits = new LinkedBlockingQueue<>();

  @Test
  void messagesLandAsTheyComeUntilTheRunIsStopped() throws Exception {
    try (Landing landing = Landing.of("lcstop", 1)) {
      landing.topic().send(0, "a");
      LandKafkaInRaw job = landing.job();
      CompletableFuture<JobOutcome> running = start(job);

      assertThat(nextCommit().published()).isEqualTo(1);
      landing.topic().send(0, "b", "c");
      assertThat(nextCommit().published()).isEqualTo(2);
      job.stop();

      JobOutcome outcome = running.get(600, TimeUnit.SECONDS);
      assertThat(LandKafkaInRawTest.rows(outcome)).isEqualTo(3);
      assertThat(landing.values()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void aRunThatIsStoppedBeforeItsFirstMessageHadNothingToDo() throws Exception {
    try (Landing landing = Landing.of("lcidle", 1)) {
      LandKafkaInRaw job = landing.job();
      job.stop();

      assertThat(start(job).get(600, TimeUnit.SECONDS)).isInstanceOf(JobOutcome.NothingToDo.class);
    }
  }

  @Test
  void aTopicRecreatedUnderAnIdleStreamStopsItAlthoughTheNewOneEndsAtTheSameOffset()
      throws Exception {
    try (Landing landing = Landing.of("lcrecreated", 1)) {
      landing.topic().send(0, "a", "b", "c");
      // the interval leaves time to make the topic anew before the stream looks again
      CompletableFuture<JobOutcome> running = start(landing.job(), Duration.ofSeconds(5));
      nextCommit();

      landing.topic().recreate(1);
      landing.topic().send(0, "d", "e", "f");

      assertThat(running.get(600, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              JobOutcome.Failed.class,
              failed -> assertThat(failed.kind()).isNotEqualTo(FailureKind.DEFECT));
      assertThat(landing.values()).containsExactly("a", "b", "c");
      assertThat(landing.run())
          .isInstanceOfSatisfying(
              JobOutcome.Failed.class, failed -> assertThat(failed.what()).contains("accept-loss"));
    }
  }

  private CompletableFuture<JobOutcome> start(LandKafkaInRaw job) {
    return start(job, Duration.ofMillis(100));
  }

  private CompletableFuture<JobOutcome> start(LandKafkaInRaw job, Duration every) {
    return CompletableFuture.supplyAsync(() -> job.continuous(every, commits::add));
  }

  private StepFigures nextCommit() throws InterruptedException {
    StepFigures figures = commits.poll(300, TimeUnit.SECONDS);
    assertThat(figures).as("figures of a commit").isNotNull();
    return figures;
  }
}
