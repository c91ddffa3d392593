package dev.sluice.pipelines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.publishing.fixture.SharedLake;
import dev.sluice.catalog.publishing.fixture.WithoutGuard;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.registry.TestPostgres;
import dev.sluice.pipelines.runner.ExitCode;
import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.runner.RunSteps;
import dev.sluice.pipelines.runner.StepPlace;
import dev.sluice.pipelines.runner.StepResult;
import dev.sluice.stage.decode.DecodeMessage;
import dev.sluice.stage.decode.Decoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.bytebuddy.implementation.bind.annotation.Argument;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFirehoseListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.util.JsonProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that fail on a row, each in another way, with a canary as the personal value: searched for
 * in all that a run leaves beside the tables.
 */
class NothingClearWhenItFailsTest {
  private static final String CANARY = "canary7319";
  private static final String MESSAGE =
      "{\"ticket\":1,\"opened_at\":\"2026-01-01T00:00:00Z\",\"holder\":\""
          + CANARY
          + "\",\"remark\":\""
          + CANARY
          + "\"}";

  @TempDir Path folder;

  /** Every place where something is left, and what stands there. */
  private record Left(List<StepResult> results, Map<String, String> places) {
    long hits(String place) {
      return places.get(place).split(CANARY, -1).length - 1;
    }
  }

  @Test
  void logsEventLogsConsoleAndRegistryHoldNoValueOfTheRowThatFailed() throws Exception {
    Left left = failing("quiet", true);

    assertThat(left.results)
        .extracting(StepResult::exitCode)
        .containsExactly(
            ExitCode.DEFECT,
            ExitCode.DEFECT,
            ExitCode.DONE,
            ExitCode.BLOCKED,
            ExitCode.CONFIGURATION);
    left.places.forEach(
        (place, text) -> assertThat(text).as(place).isNotEmpty().doesNotContain(CANARY));
    assertThat(left.places.get("log"))
        .as("what helps to find the cause is there")
        .contains("promote tickets (quiet) failed", "USER_RAISED_EXCEPTION", "Executor.scala:")
        .contains("IllegalStateException (its message is withheld)", "Lost task");
    assertThat(left.places.get("console"))
        .contains("Unexpected SparkRuntimeException [USER_RAISED_EXCEPTION]", "defect.md")
        .contains("sluice.log");
    assertThat(left.places.get("event log")).contains("ExceptionFailure", "USER_RAISED_EXCEPTION");
  }

  @Test
  void theSameScanIsRedWhenLog4jAndSparkWriteByThemselves() throws Exception {
    Left left = failing("loud", false);

    System.out.printf(
        "%ncanaries found without redaction: log %d, event log %d%n",
        left.hits("log"), left.hits("event log"));
    assertThat(left.hits("log")).isPositive();
    assertThat(left.hits("event log")).isPositive();
  }

  private Left failing(String tenant, boolean redacted) throws Exception {
    FailingTickets tickets = new FailingTickets(tenant, folder);
    tickets.land(MESSAGE);
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Database database = TestPostgres.migrated();
    RunSteps steps = steps(database, console);
    StringBuilder raw = new StringBuilder();
    SparkContext spark = SharedLake.lake().spark().sparkContext();
    SparkFirehoseListener events =
        redacted ? new RedactedEventLog(conf(spark, tenant)) : rawInto(raw);
    PrintStream stderr = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    spark.addSparkListener(events);
    try (Overheard log = new Overheard(redacted)) {
      step(
          steps,
          tickets,
          "promote",
          () -> tickets.promote("max(cast(raise_error(remark) AS int))"));
      try (WithoutGuard unused =
          WithoutGuard.calling(DecodeMessage.class, "decode", QuotesItsInput.class)) {
        step(steps, tickets, "promote", () -> tickets.promote("0"));
      }
      step(steps, tickets, "promote", () -> tickets.promote("0"));
      step(steps, tickets, "refine", () -> tickets.refine("failing_cast"));
      step(steps, tickets, "refine", () -> tickets.refine("unknown_column"));
      spark.listenerBus().waitUntilEmpty();
      System.err.println("the end");
      Map<String, String> places = new LinkedHashMap<>();
      places.put("log", log.text());
      places.put(
          "event log", redacted ? allFiles(folder.resolve(tenant + "-events")) : raw.toString());
      places.put("console", console.toString(StandardCharsets.UTF_8));
      places.put("stderr", errors.toString(StandardCharsets.UTF_8));
      places.put("registry", registry(database));
      places.put("report", steps.results().toString());
      return new Left(steps.results(), places);
    } finally {
      spark.removeSparkListener(events);
      System.setErr(stderr);
    }
  }

  private static void step(
      RunSteps steps, FailingTickets tickets, String step, Supplier<JobOutcome> job) {
    steps.step(new StepPlace(step, "tickets", "tickets", tickets.tenant()), job);
  }

  private static RunSteps steps(Database database, ByteArrayOutputStream console) {
    RunContext run = RunContext.start("test", Clock.systemUTC());
    RunRegister register = new RunRegister(database);
    register.started(run, "run");
    return new RunSteps(
        run,
        register,
        new Leases(database, Duration.ofMinutes(5)),
        new Progress(new PrintStream(console, true, StandardCharsets.UTF_8)));
  }

  private SparkConf conf(SparkContext spark, String tenant) throws IOException {
    Path events = Files.createDirectories(folder.resolve(tenant + "-events"));
    return spark
        .getConf()
        .clone()
        .set("spark.eventLog.dir", events.toUri().toString())
        .set("spark.eventLog.compress", "false");
  }

  private static SparkFirehoseListener rawInto(StringBuilder text) {
    return new SparkFirehoseListener() {
      @Override
      public void onEvent(SparkListenerEvent event) {
        text.append(JsonProtocol.sparkEventToJsonString(event)).append('\n');
      }
    };
  }

  private static String allFiles(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return text.toString();
  }

  private static String registry(Database database) {
    return database.inTransaction(
        connection -> {
          try (var row =
              connection
                  .createStatement()
                  .executeQuery("SELECT string_agg(s::text, ' ') FROM sluice.step s")) {
            row.next();
            return row.getString(1);
          }
        });
  }

  /** A defect as a library could have it: it quotes what it could not read. */
  public static final class QuotesItsInput {
    public static Decoded decode(@Argument(0) byte[] value) {
      throw new IllegalStateException("Cannot read " + new String(value, StandardCharsets.UTF_8));
    }
  }
}
