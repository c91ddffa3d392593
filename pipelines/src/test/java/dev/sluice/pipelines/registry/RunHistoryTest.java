package dev.sluice.pipelines.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.run.RuleResult;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.pipelines.registry.RunHistory.BlockedRow;
import dev.sluice.pipelines.registry.RunRegister.StepRow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
  private final RunContext run = RunContext.start("test", Clock.systemUTC());
  private RunRegister register;
  private RunHistory history;

  @BeforeEach
  void aRun() {
    Database database = TestPostgres.migrated();
    register = new RunRegister(database);
    history = new RunHistory(database);
    register.started(run, "run");
  }

  @Test
  void aBlockIsToldWithTheRulesThatDidNotHold() {
    step(
        "Blocked",
        new RuleResult("cap", 0.31, "<= 0.2", false, true),
        new RuleResult("k", 5, ">= 5", true, true),
        new RuleResult("growth", 9, "<= 2", false, false));

    assertThat(history.blocked())
        .singleElement()
        .satisfies(row -> assertThat(row.what()).isEqualTo("city_refined.detections"))
        .extracting(BlockedRow::rules)
        .isEqualTo(List.of("rule cap: expected <= 0.2, measured 0.31"));
  }

  @Test
  void aBlockWithoutRulesIsToldToo() {
    step("Blocked");

    assertThat(history.blocked()).singleElement().matches(row -> row.rules().isEmpty());
  }

  @Test
  void whatWentWellSinceIsNotBlocked() {
    step("Blocked", new RuleResult("cap", 0.31, "<= 0.2", false, true));
    step("Done");

    assertThat(history.blocked()).isEmpty();
  }

  private void step(String outcome, RuleResult... rules) {
    register.step(
        run,
        new StepRow(
            "export",
            "detections",
            "city",
            outcome,
            "city_refined.detections",
            Optional.empty(),
            List.of(rules),
            1.0));
  }
}
