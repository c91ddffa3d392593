package dev.sluice.pipelines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactedEventLogTest {
  @TempDir Path folder;

  @Test
  void aFailedJobIsWrittenWithoutWhatItsExceptionSays() throws IOException {
    RedactedEventLog log = new RedactedEventLog(conf());

    log.onEvent(new SparkListenerJobEnd(1, 2, new JobFailed(new Exception("canary7319"))));
    log.onEvent(new SparkListenerApplicationEnd(3, scala.Option.empty()));

    assertThat(written())
        .contains("SparkListenerLogStart", "SparkListenerJobEnd", "JobFailed", "(withheld)")
        .contains("RedactedEventLogTest.java")
        .doesNotContain("canary7319");
  }

  @Test
  void theTextOfEachPlaceThatRepeatsAnExceptionIsWithheld() {
    RedactEvent redact = new RedactEvent(java.util.regex.Pattern.compile("password"));

    assertThat(
            redact.of(
                "{\"Task End Reason\":{\"Class Name\":\"java.lang.Exception\",\"Description\":\"canary\","
                    + "\"Full Stack Trace\":\"canary\"},\"Stage Info\":{\"Failure Reason\":\"Job aborted:"
                    + " java.lang.Exception: canary\"},\"Properties\":{\"x.password\":\"canary\"},"
                    + "\"Description\":\"a job of ours\"}"))
        .contains("Job aborted: java.lang.Exception (its message is withheld)", "a job of ours")
        .doesNotContain("canary");
  }

  @Test
  void sparksOwnLogIsReplacedUnderItsSettings() {
    SparkConf conf =
        conf().set("spark.eventLog.enabled", "true").set("spark.extraListeners", "a.B");

    RedactedEventLog.replaceSparks(conf);

    assertThat(conf.get("spark.eventLog.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.extraListeners"))
        .isEqualTo("a.B," + RedactedEventLog.class.getName());
  }

  private SparkConf conf() {
    return new SparkConf(false)
        .set("spark.app.id", "app-1")
        .set("spark.eventLog.compress", "false")
        .set("spark.eventLog.dir", folder.toUri().toString());
  }

  private String written() throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return text.toString();
  }
}
