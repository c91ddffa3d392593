package dev.sluice.pipelines.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.run.StepFigures;
import dev.sluice.pipelines.registry.Database;
import dev.sluice.pipelines.registry.Leases;
import dev.sluice.pipelines.registry.RunRegister;
import dev.sluice.pipelines.registry.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunStepsTest {
  private static final StepPlace PROMOTE =
      new StepPlace("promote", "flights", "flights", new TenantId("airports"));

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private Database database;
  private Leases leases;
  private RunSteps steps;

  @BeforeEach
  void aRun() {
    database = TestPostgres.migrated();
    leases = new Leases(database, Duration.ofMinutes(5));
    RunContext run = RunContext.start("test", Clock.systemUTC());
    RunRegister register = new RunRegister(database);
    register.started(run, "run");
    steps =
        new RunSteps(
            run, register, leases, new Progress(new PrintStream(console), System::nanoTime));
  }

  @Test
  void aDoneStepIsKeptWithFiguresThatBalance() {
    steps.step(PROMOTE, () -> new JobOutcome.Done(figures(100, 90, 6, 4)));

    assertThat(steps.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(text())
        .contains("100 taken = 90 published + 6 quarantined + 4 duplicates")
        .doesNotContain("BALANCE");
    assertThat(one("SELECT figures ->> 'published' FROM sluice.step WHERE outcome = 'Done'"))
        .isEqualTo("90");
  }

  @Test
  void figuresThatDoNotBalanceAreShouted() {
    steps.step(PROMOTE, () -> new JobOutcome.Done(figures(100, 90, 6, 3)));

    assertThat(text()).contains("DOES NOT BALANCE");
  }

  @Test
  void aBlockedStepTellsRuleFiguresAndSampleAndExits65() {
    RuleResult rule = new RuleResult("unique", 3, "= 0", false, true);
    steps.step(
        PROMOTE,
        () ->
            new JobOutcome.Blocked(
                figures(100, 0, 0, 0), List.of(rule), List.of("row 1"), "rule unique broke"));

    assertThat(steps.exitCode()).isEqualTo(ExitCode.BLOCKED);
    assertThat(text()).contains("rule unique: expected = 0, measured 3.0").contains("row 1");
    assertThat(one("SELECT count(*) FROM sluice.quality_result WHERE NOT held")).isEqualTo("1");
  }

  @Test
  void aStepWhoseLeaseIsHeldIsBusyAndDoesNotRun() {
    try (var held = leases.take(PROMOTE.lease(), "another").orElseThrow()) {
      StepResult result =
          steps.step(
              PROMOTE,
              () -> {
                throw new AssertionError("must not run");
              });

      assertThat(result.exitCode()).isEqualTo(ExitCode.BUSY);
      assertThat(result.message()).contains("another since");
    }
  }

  @Test
  void aServiceThatIsGoneIsTransientAndADefectIsADefect() {
    steps.step(
        PROMOTE,
        () -> {
          throw new IllegalStateException(new ConnectException("Connection refused"));
        });
    steps.step(
        PROMOTE,
        () -> {
          throw new IllegalStateException("broken\nselect 'literal'");
        });

    assertThat(steps.results())
        .extracting(r -> ((JobOutcome.Failed) r.outcome()).kind())
        .containsExactly(FailureKind.TRANSIENT, FailureKind.DEFECT);
    assertThat(steps.exitCode()).isEqualTo(ExitCode.SERVICE_MISSING);
    assertThat(text()).doesNotContain("literal");
  }

  @Test
  void theLeaseIsFreeAfterAFailure() {
    steps.step(
        PROMOTE,
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThat(leases.holder(PROMOTE.lease())).isEmpty();
  }

  private String text() {
    return console.toString(StandardCharsets.UTF_8);
  }

  private String one(String sql) {
    return database.inTransaction(
        connection -> {
          try (var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
          }
        });
  }

  private static StepFigures figures(long taken, long published, long quarantined, long doubles) {
    return new StepFigures(
        "promote",
        "flights",
        "airports",
        taken,
        published,
        quarantined,
        doubles,
        0,
        new TreeMap<>(),
        new TreeMap<>(Map.of("bytes", 10L)),
        List.of());
  }
}
